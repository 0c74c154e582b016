package io.thespace.endpoint;

import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Method;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The live table of endpoints. Readers see a whole table at every moment, before or after a change. */
@ApplicationScoped
public class Routes {

    private record State(long version, Map<String, List<Route>> mounts, RouteTable table) {}

    private volatile State state = new State(0, Map.of(), new RouteTable(List.of()));

    /**
     * Puts a group's endpoints in place, instead of those that were there before under that group.
     *
     * @param prefix goes before each endpoint's own path
     * @throws IllegalArgumentException when two endpoints share a method and a path, or two of the group an action; nothing is
     *     changed then
     */
    public synchronized void mount(Mount mount, String prefix, List<Endpoint<?>> endpoints) {
        put(mount, prefix, endpoints, List.of());
    }

    /** As {@link #mount}, but beside the endpoints that were there before under that group. */
    public synchronized void add(Mount mount, String prefix, List<Endpoint<?>> endpoints) {
        put(mount, prefix, endpoints, of(mount.group()));
    }

    /**
     * Checks that a group's endpoints can be put in place.
     *
     * @throws IllegalArgumentException as {@link #mount}
     */
    public static void check(Mount mount, List<Endpoint<?>> endpoints) {
        new RouteTable(routes(mount, "", endpoints));
    }

    private static List<Route> routes(Mount mount, String prefix, List<Endpoint<?>> endpoints) {
        List<Route> routes = new ArrayList<>();
        for (Endpoint<?> endpoint : endpoints) {
            routes.add(new Route(prefix + endpoint.path(), mount, endpoint));
        }
        return routes;
    }

    private void put(Mount mount, String prefix, List<Endpoint<?>> endpoints, List<Route> before) {
        List<Route> routes = new ArrayList<>(before);
        routes.addAll(routes(mount, prefix, endpoints));
        Map<String, List<Route>> mounts = new LinkedHashMap<>(state.mounts);
        mounts.put(mount.group(), List.copyOf(routes));
        change(mounts);
    }

    /** Takes a group's endpoints away. */
    public synchronized void unmount(String group) {
        Map<String, List<Route>> mounts = new LinkedHashMap<>(state.mounts);
        mounts.remove(group);
        change(mounts);
    }

    private void change(Map<String, List<Route>> mounts) {
        RouteTable table =
                new RouteTable(mounts.values().stream().flatMap(List::stream).toList());
        state = new State(state.version + 1, mounts, table);
    }

    /** The route that took a route's place, when its plugin was replaced meanwhile. */
    Optional<Route> successor(Route route) {
        return of(route.group()).stream()
                .filter(r -> r.mount().bulkhead() != route.mount().bulkhead()
                        && r.path().equals(route.path())
                        && r.endpoint().method() == route.endpoint().method())
                .findFirst();
    }

    /** The endpoint that a group declares as an action and that answers now. */
    public Optional<Route> action(String group, String action) {
        return state.table.action(group, action);
    }

    /** Every endpoint that answers now. */
    public List<Route> all() {
        return state.table.routes();
    }

    /** The endpoints of one group that answer now. */
    public List<Route> of(String group) {
        return state.mounts.getOrDefault(group, List.of());
    }

    /** Grows with every change of the table. */
    public long version() {
        return state.version;
    }

    /**
     * The routes at a path by method; empty for an unknown path.
     *
     * @param segments of the path, decoded
     */
    public Map<Method, Route> find(List<String> segments) {
        return state.table.find(segments);
    }
}
