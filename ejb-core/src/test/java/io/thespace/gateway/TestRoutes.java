package io.thespace.gateway;

import io.thespace.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Makes routes of what a test says about them. */
final class TestRoutes {

    private TestRoutes() {}

    /** Of the members of an order's JSON: a name, its value, and so on. */
    static RouteOrder order(Object... members) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            json.put((String) members[i], members[i + 1]);
        }
        return Json.MAPPER.convertValue(json, RouteOrder.class);
    }

    /** A route as the gateway has it once it has looked for its upstreams; their state is shared by all routes. */
    static LiveRoute live(RouteOrder order, Map<UpstreamOrder, LiveUpstream> upstreams, Addresses addresses) {
        LiveRoute route = new LiveRoute(
                RouteView.of(UUID.randomUUID(), order.complete(), Instant.EPOCH, Instant.EPOCH),
                one -> upstreams.computeIfAbsent(one, LiveUpstream::new),
                new RetryBudget());
        addresses.refresh(route.upstreams().stream().map(LiveUpstream::host).toList(), Runnable::run);
        return route;
    }
}
