package io.thespace.gateway.forward;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Maps an upstream's own paths in response headers to the paths of its route. */
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

    /** Locations outside the upstream's path are unchanged. */
    static String mapped(String location, LiveUpstream upstream, LiveRoute route) {
        String path = path(location, upstream);
        return path.startsWith(upstream.path() + "/")
                ? "/api/v1/gateway" + route.prefix()
                        + path.substring(upstream.path().length())
                : location;
    }

    /** The path of a reference to the upstream, and what follows it; empty for another one (RFC 3986, section 4.2). */
    private static String path(String location, LiveUpstream upstream) {
        if (location.startsWith("/") && !location.startsWith("//")) {
            return location;
        }
        String absolute = location.startsWith("//") ? upstream.scheme() + ":" + location : location;
        int authority = absolute.indexOf("://") + "://".length();
        int path = absolute.indexOf('/', authority);
        if (authority < "://".length() || path < 0) {
            return "";
        }
        String origin = absolute.substring(0, path).toLowerCase(Locale.ROOT);
        // The scheme's default port is omitted.
        String port = ":" + (upstream.scheme().equals("https") ? 443 : 80);
        String shorter = origin.endsWith(port) ? origin.substring(0, origin.length() - port.length()) : origin;
        String own = upstream.origin().toLowerCase(Locale.ROOT);
        return own.equals(origin) || own.equals(shorter) ? absolute.substring(path) : "";
    }
}
