package io.thespace.gateway.forward;

import io.thespace.gateway.RouteOrder;
import io.thespace.gateway.RouteView;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes routes of what a test says about them. */
public final class TestRoutes {

    private TestRoutes() {}

    /** Of the members of an order's JSON: a name, its value, and so on. */
    public static RouteOrder order(Object... members) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            json.put((String) members[i], members[i + 1]);
        }
        return Json.MAPPER.convertValue(json, RouteOrder.class);
    }

    /** A route with a prefix, to an upstream that nothing is sent to. */
    public static LiveRoute live(String prefix) {
        RouteOrder order = order("prefix", prefix, "upstreams", List.of(Map.of("url", "https://example.org")));
        return live(RouteView.of(UUID.randomUUID(), order.complete(), null, null));
    }

    /** A route of which nothing is known yet. */
    public static LiveRoute live(RouteView view) {
        return new LiveRoute(view, LiveUpstream::new, new RetryBudget());
    }

    /** A route as the gateway has it once it has looked for its upstreams; their state is shared by all routes. */
    public static LiveRoute live(RouteOrder order, Map<UpstreamOrder, LiveUpstream> upstreams, Addresses addresses) {
        LiveRoute route = new LiveRoute(
                RouteView.of(UUID.randomUUID(), order.complete(), Instant.EPOCH, Instant.EPOCH),
                one -> upstreams.computeIfAbsent(one, LiveUpstream::new),
                new RetryBudget());
        addresses.refresh(route.upstreams().stream().map(LiveUpstream::host).toList(), Runnable::run);
        return route;
    }
}
