package io.thespace.endpoint;

import io.thespace.plugin.api.Method;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the route of a path in time that grows with the path's length. A fixed segment takes precedence over a
 * parameter, and a tail, which matches the rest of a path, has the lowest precedence. A fixed segment goes before a
 * parameter, and a tail, which takes all the rest of a path, comes last.
 */
public final class RouteTable {

    /** The characters of a tail: none that a file system, a URL or a log could interpret as more than a name. */
    private static final String NAME = "[A-Za-z0-9_~@-][A-Za-z0-9._~@-]{0,254}";

    /** The regular expression of a tail, for a {@code @Path}. */
    public static final String TAIL = NAME + "(?:/" + NAME + ")*";

    private static final Pattern PLAIN = Pattern.compile(NAME);

    private static final class Node {
        final Map<String, Node> fixed = new HashMap<>();
        Node parameter;
        Node tail;
        final Map<Method, Route> routes = new EnumMap<>(Method.class);
    }

    private record Name(String group, String action) {}

    private final Node root = new Node();
    private final List<Route> routes;
    private final Map<Name, Route> actions = new HashMap<>();

    RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        for (Route route : routes) {
            Node node = root;
            Node parent = root;
            List<String> segments = segments(route.path());
            for (int i = 0; i < segments.size(); i++) {
                String segment = segments.get(i);
                parent = node;
                if (i == segments.size() - 1 && route.endpoint().hasTail()) {
                    if (node.tail == null) {
                        node.tail = new Node();
                    }
                    node = node.tail;
                } else if (segment.startsWith("{")) {
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
            String action = route.endpoint().action();
            if (action != null && actions.put(new Name(route.group(), action), route) != null) {
                throw new IllegalArgumentException("Two endpoints of " + route.group() + " for the action " + action);
            }
            if (parent.tail != null && parent.parameter != null && !parent.parameter.routes.isEmpty()) {
                throw new IllegalArgumentException("A parameter and a tail end the same path: "
                        + route.endpoint().method() + " " + route.path());
            }
        }
    }

    List<Route> routes() {
        return routes;
    }

    /** The route that a group declares as an action. */
    Optional<Route> action(String group, String action) {
        return Optional.ofNullable(actions.get(new Name(group, action)));
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
        if (node.parameter != null && !segment.isEmpty()) {
            Node found = find(node.parameter, segments, at + 1);
            if (found != null) {
                return found;
            }
        }
        return node.tail != null && plain(segments.subList(at, segments.size())) ? node.tail : null;
    }

    static boolean plain(List<String> rest) {
        return rest.stream().allMatch(segment -> PLAIN.matcher(segment).matches());
    }

    static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
