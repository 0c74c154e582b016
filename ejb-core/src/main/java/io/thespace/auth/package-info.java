/**
 * Whom a bearer of the management API stands for, told by the auth service ({@code ibex.auth.v1}) over gRPC: the embedded one,
 * or whichever {@code SPACE_AUTH_TARGET} names.
 *
 * <p>Invariants: without an answer within the deadline a request is rejected; an answer is remembered by the hash of its token, for
 * less than a second, and forgotten as soon as a node says that somebody may do less; the token itself is neither kept nor
 * logged.
 *
 * <p>What may fail: the auth service may be away, then callers get {@link io.thespace.auth.AuthError#AUTH_UNAVAILABLE} until
 * it is back.
 */
package io.thespace.auth;
