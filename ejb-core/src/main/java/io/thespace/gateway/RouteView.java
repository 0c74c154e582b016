package io.thespace.gateway;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A route, with every member as it is in force; what each means is told by {@link RouteOrder}. */
public record RouteView(
        UUID id,
        String prefix,
        List<UpstreamOrder> upstreams,
        List<String> methods,
        List<String> roles,
        int connectMillis,
        int firstByteMillis,
        int totalMillis,
        int retries,
        int cacheSeconds,
        long bodyLimitBytes,
        int concurrency,
        List<HeaderRule> requestHeaders,
        List<HeaderRule> responseHeaders,
        Instant createdAt,
        Instant changedAt) {

    /** A route of which everything is said. */
    static RouteView of(UUID id, RouteOrder order, Instant createdAt, Instant changedAt) {
        return new RouteView(
                id,
                order.prefix(),
                order.upstreams(),
                order.methods(),
                order.roles(),
                order.connectMillis(),
                order.firstByteMillis(),
                order.totalMillis(),
                order.retries(),
                order.cacheSeconds(),
                order.bodyLimitBytes(),
                order.concurrency(),
                order.requestHeaders(),
                order.responseHeaders(),
                createdAt,
                changedAt);
    }
}
