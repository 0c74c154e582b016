/**
 * How many calls a caller may make: one limiter for every protocol, and one limit over all nodes.
 *
 * <p>Which limit counts follows from the endpoint's {@link io.thespace.plugin.api.LimitClass} and the caller's role; who is
 * counted is the user, and for strangers the network that they call from. Calls are counted in slices of a two-hundredth of the
 * window, in Redis and by its clock.
 *
 * <p>Invariants: in no stretch of time as long as the window are more calls allowed than the limit, wherever it begins and
 * whichever nodes they reach. Where configuration sets no limit, nothing is counted and nobody asked. What may fail: with
 * Redis away each node counts for itself, from nothing; then, and when Redis forgets, up to one limit more is allowed for
 * each node.
 */
package io.thespace.limit;
