/**
 * The gateway: requests below {@code /api/v1/gateway} are carried to upstreams, by routes that administrators change while
 * they run.
 *
 * <p>Invariants: a request is carried by one whole set of routes, before or after a change; nothing is connected to but an
 * address that was checked when it was resolved; neither credentials nor cookies of a caller reach an upstream; what an
 * upstream does costs its own route alone (places, time limits, circuit breaker, health checks); no container thread waits for an upstream,
 * and of a body no more than some 128 KiB is held, but for answers that are kept, of which all together are bounded; none is kept
 * that is not said to be for all callers, and none is given to another organization.
 *
 * <p>What may fail: upstreams, in every way, which {@link io.thespace.gateway.GatewayError} tells apart; the database, which
 * leaves the routes as they are; Redis, without which nothing is kept.
 */
package io.thespace.gateway;
