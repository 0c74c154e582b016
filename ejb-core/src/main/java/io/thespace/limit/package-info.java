/**
 * Rate limits: one limiter for every protocol, and one limit over all nodes.
 *
 * <p>The limits of a call follow from the endpoint's {@link io.thespace.plugin.api.LimitClass} and the caller's role,
 * from the caller's organization, and from further limits of a protocol; calls are counted per user, for anonymous
 * callers per network, per organization, or in total. Calls are counted in slices of a two-hundredth of the window, in
 * Redis and by its clock; a call is counted against all its limits or against none.
 *
 * <p>Invariants: no time span of the window's length, wherever it begins, allows more calls than the limit over all
 * nodes. A call without limits is not counted and does not access Redis. Failures: while Redis is unavailable, each
 * node counts by itself, starting from zero; then, and when Redis loses its data, each node may allow up to one more
 * limit.
 */
package io.thespace.limit;
