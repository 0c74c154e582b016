package io.thespace.jaxrs;

import io.thespace.endpoint.Family;
import io.thespace.endpoint.Mount;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.plugin.api.Endpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The declarations of all resource methods, by method. */
@ApplicationScoped
public class Declarations {

    private final Map<Method, Route> routes = new ConcurrentHashMap<>();

    private Routes table;
    private Instance<Object> beans;

    Declarations() {}

    /**
     * Declarations that are read into a table.
     *
     * @param beans finds the resources
     */
    @Inject
    public Declarations(Routes table, @Any Instance<Object> beans) {
        this.table = table;
        this.beans = beans;
    }

    /**
     * Reads the resources of an application into the table of endpoints.
     *
     * @throws IllegalStateException when a method lacks a declaration, or has one that cannot be kept
     */
    public void read(Class<? extends Application> application, Iterable<Class<?>> resources) {
        String prefix = "/" + application.getAnnotation(ApplicationPath.class).value();
        Map<String, List<ResourceMethod<?>>> groups = new TreeMap<>();
        for (Class<?> resource : resources) {
            for (ResourceMethod<?> method :
                    ResourceMethod.of(resource, one -> beans.select(one).get())) {
                groups.computeIfAbsent(method.group(), group -> new ArrayList<>())
                        .add(method);
            }
        }
        groups.forEach((group, methods) -> mount(group, prefix, methods));
    }

    private void mount(String group, String prefix, List<ResourceMethod<?>> methods) {
        // Reflection has no order; documents have to be the same on all nodes.
        List<ResourceMethod<?>> inOrder = methods.stream()
                .sorted(Comparator.comparing(
                                (ResourceMethod<?> one) -> one.endpoint().path())
                        .thenComparing(one -> one.endpoint().method()))
                .toList();
        String family = Family.of(prefix).prefix();
        Mount mount = Mount.of(group);
        List<Endpoint<?>> endpoints = new ArrayList<>();
        for (ResourceMethod<?> one : inOrder) {
            endpoints.add(one.endpoint(prefix.substring(family.length())));
        }
        table.mount(mount, family, endpoints);
        for (Route route : table.of(group)) {
            routes.put(((ResourceMethod<?>) route.endpoint().handler()).method(), route);
        }
    }

    /** The declaration of a resource method; null when it has none. */
    Route of(Method method) {
        return routes.get(method);
    }

    /**
     * The values of a route's path parameters that are literal segments of other endpoints, with the methods of those.
     *
     * @return by parameter, by value
     */
    Map<String, Map<String, Set<String>>> reserved(Route route) {
        Map<String, Map<String, Set<String>>> reserved = new HashMap<>();
        String[] own = route.path().split("/", -1);
        for (Route other : routes.values()) {
            String[] segments = other.path().split("/", -1);
            int at = onlyDifference(own, segments);
            if (at >= 0 && own[at].startsWith("{") && !segments[at].startsWith("{")) {
                reserved.computeIfAbsent(own[at].substring(1, own[at].length() - 1), name -> new HashMap<>())
                        .computeIfAbsent(segments[at], literal -> new TreeSet<>())
                        .add(other.endpoint().method().name());
            }
        }
        return reserved;
    }

    /** The index of the only segment in which two paths differ; -1 otherwise. */
    private static int onlyDifference(String[] one, String[] other) {
        int at = Arrays.mismatch(one, other);
        return at >= 0
                        && one.length == other.length
                        && Arrays.equals(one, at + 1, one.length, other, at + 1, other.length)
                ? at
                : -1;
    }
}
