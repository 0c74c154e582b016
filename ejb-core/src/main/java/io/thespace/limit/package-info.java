/**
 * How many calls a caller may make: one limiter for every protocol, and one limit over all nodes.
 *
 * <p>Which limits count follows from the endpoint's {@link io.thespace.plugin.api.LimitClass} and the caller's role, from the
 * caller's organization, and from what else a protocol names; who is counted is the user, for strangers the network that they
 * call from, or an organization, or all. Calls are counted in slices of a two-hundredth of the window, in Redis and by its
 * clock; a call is counted by all its limits or by none.
 *
 * <p>Invariants: in no stretch of time as long as the window are more calls allowed than the limit, wherever it begins and
 * whichever nodes they reach. Where nothing limits a call, nothing is counted and Redis not asked. What may fail: with
 * Redis away each node counts for itself, from nothing; then, and when Redis forgets, up to one limit more is allowed for
 * each node.
 */
package io.thespace.limit;
