package io.thespace.gateway.live;

import io.thespace.gateway.forward.LiveRoute;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An immutable set of routes. */
final class RouteMap {

    static final RouteMap NONE = new RouteMap(List.of());

    private final Map<String, LiveRoute> routes = new HashMap<>();
    private int deepest;

    RouteMap(Collection<LiveRoute> all) {
        for (LiveRoute route : all) {
            routes.put(route.prefix(), route);
            deepest = Math.max(deepest, route.depth());
        }
    }

    Collection<LiveRoute> all() {
        return routes.values();
    }

    /** The route with the longest prefix of whole segments. */
    Optional<LiveRoute> find(List<String> segments) {
        StringBuilder prefix = new StringBuilder();
        LiveRoute longest = null;
        for (String segment : segments.subList(0, Math.min(deepest, segments.size()))) {
            prefix.append('/').append(segment);
            LiveRoute route = routes.get(prefix.toString());
            longest = route == null ? longest : route;
        }
        return Optional.ofNullable(longest);
    }
}
