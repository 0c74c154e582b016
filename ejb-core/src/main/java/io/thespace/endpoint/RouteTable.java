package io.thespace.endpoint;

import io.thespace.plugin.api.Method;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the route of a path in time that grows with the path's length. A fixed segment goes before a parameter. */
final class RouteTable {

    private static final class Node {
        final Map<String, Node> fixed = new HashMap<>();
        Node parameter;
        final Map<Method, Route> routes = new EnumMap<>(Method.class);
    }

    private final Node root = new Node();
    private final List<Route> routes;

    RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        for (Route route : routes) {
            Node node = root;
            for (String segment : segments(route.path())) {
                if (segment.startsWith("{")) {
                    if (node.parameter == null) {
                        node.parameter = new Node();
                    }
                    node = node.parameter;
                } else {
                    node = node.fixed.computeIfAbsent(segment, s -> new Node());
                }
            }
            Route before = node.routes.put(route.endpoint().method(), route);
            if (before != null) {
                throw new IllegalArgumentException(
                        "Two endpoints for " + route.endpoint().method() + " " + route.path());
            }
        }
    }

    List<Route> routes() {
        return routes;
    }

    /** The routes at a path by method; empty for an unknown path. */
    Map<Method, Route> find(List<String> segments) {
        Node node = find(root, segments, 0);
        return node == null ? Map.of() : node.routes;
    }

    private static Node find(Node node, List<String> segments, int at) {
        if (at == segments.size()) {
            return node.routes.isEmpty() ? null : node;
        }
        String segment = segments.get(at);
        Node next = node.fixed.get(segment);
        if (next != null) {
            Node found = find(next, segments, at + 1);
            if (found != null) {
                return found;
            }
        }
        return node.parameter == null || segment.isEmpty() ? null : find(node.parameter, segments, at + 1);
    }

    static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
