/**
 * Authentication: {@link io.thespace.identity.access.Authentication} converts an access token of the platform or of an
 * external issuer into an {@link io.thespace.plugin.api.Actor}, by the current access status of its bearer. Also the
 * tokens that identify callers to upstreams, and the limits of the caller's organization.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The role claimed by an access token is compared with the database every second, together with the status of the
 *       sign-in, the user and the organization: a revocation, a suspension or a demotion counts on every node within a
 *       second. {@link io.thespace.identity.access.Revocations} notifies every node at once.
 *   <li>The tenant is bound before a transaction begins, from the verified token.
 *   <li>A token for an upstream is never accepted by the platform.
 * </ul>
 *
 * <p>Failures: while the database is unavailable, all requests are rejected, and callers get {@link
 * io.thespace.identity.IdentityError#IDENTITY_UNAVAILABLE}. While an external issuer's keys are unavailable, the last
 * ones fetched remain valid; without any, that issuer's tokens get {@code IDENTITY_UNAVAILABLE}. While Redis is
 * unavailable, each node detects revocations by itself.
 */
package io.thespace.identity.access;
