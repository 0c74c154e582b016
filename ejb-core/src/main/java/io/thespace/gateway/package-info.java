/**
 * The gateway: requests below {@code /api/v1/gateway} are forwarded to upstreams, by routes that administrators change while they run.
 * Here are the routes as they are declared and stored; the packages below forward by them.
 *
 * <p>Invariants: a route is stored only when all of it is valid; each change increases the revision, by which nodes load it.
 *
 * <p>What may fail: what {@link io.thespace.gateway.GatewayError} lists, for all of the gateway.
 */
package io.thespace.gateway;
