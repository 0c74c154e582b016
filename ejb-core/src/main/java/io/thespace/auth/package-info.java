/**
 * Authentication of the management API by the auth service ({@code ibex.auth.v1}) over gRPC: the embedded one, or the
 * one that {@code SPACE_AUTH_TARGET} names.
 *
 * <p>Invariants: without an answer within the deadline a request is rejected; an answer is cached by the hash of its
 * token for less than a second, and evicted as soon as a node publishes that a principal lost rights; the token itself
 * is neither kept nor logged.
 *
 * <p>Failures: while the auth service is unavailable, callers get {@link io.thespace.auth.AuthError#AUTH_UNAVAILABLE}.
 */
package io.thespace.auth;
