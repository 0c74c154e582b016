/**
 * Asking the membership backend whether an invitation holds: over HTTP, whether it is this node's own or another one that
 * {@code SPACE_MEMBERSHIP_URL} names.
 *
 * <p>Invariants: a caller waits no longer than {@code SPACE_MEMBERSHIP_TIMEOUT_MILLIS}, retries included; no more than 16
 * calls are under way at once; wrong answers count for the caller's address like failed sign-ins; what is remembered of an
 * answer is one that was positive, for seconds, by a keyed hash of code and PIN. Nothing of a PIN is logged.
 *
 * <p>What may fail: with the backend away, slow or answering nonsense callers get 503 and what to do; after repeated
 * failures it is left alone for some seconds.
 */
package io.thespace.membership;
