package io.thespace.gateway;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns an upstream's own paths in an answer's headers into those that its callers know. */
final class Locations {

    private static final Set<String> NAMES = Set.of("location", "content-location");

    private Locations() {}

    static List<Map.Entry<String, String>> mapped(
            List<Map.Entry<String, String>> headers, LiveUpstream upstream, LiveRoute route) {
        return headers.stream()
                .map(header -> NAMES.contains(header.getKey().toLowerCase(Locale.ROOT))
                        ? (Map.Entry<String, String>)
                                new SimpleImmutableEntry<>(header.getKey(), mapped(header.getValue(), upstream, route))
                        : header)
                .toList();
    }

    /** What leads elsewhere than below the upstream's path stays as it is. */
    static String mapped(String location, LiveUpstream upstream, LiveRoute route) {
        String path = location;
        if (path.toLowerCase(Locale.ROOT).startsWith(upstream.origin().toLowerCase(Locale.ROOT) + "/")) {
            path = path.substring(upstream.origin().length());
        }
        boolean below = path.startsWith(upstream.path() + "/") && !path.startsWith("//");
        return below
                ? "/api/v1/gateway" + route.prefix()
                        + path.substring(upstream.path().length())
                : location;
    }
}
