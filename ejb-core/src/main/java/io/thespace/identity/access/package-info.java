/**
 * Who calls: {@link io.thespace.identity.access.Authentication} turns an access token, ours or an external issuer's, into an {@link
 * io.thespace.plugin.api.Actor}, by how its bearer stands at that moment. Also the tokens that tell upstreams who calls, and the
 * limits of the caller's organization.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>What an access token claims about a person's role is asked of the database anew each second, together with whether
 *       the sign-in, the user and the organization still stand: a revocation, a suspension or a demotion counts on every
 *       node within a second. {@link io.thespace.identity.access.Revocations} tells every node of it at once.
 *   <li>The tenant is bound before a transaction begins, from the verified token.
 *   <li>A token for an upstream is never good for the platform.
 * </ul>
 *
 * <p>What may fail: with the database away all requests are rejected, and callers get {@link
 * io.thespace.identity.IdentityError#IDENTITY_UNAVAILABLE}. With an external issuer's keys out of reach, the ones fetched last stay
 * good; without any, that issuer's tokens get {@code IDENTITY_UNAVAILABLE}. With Redis away each node finds revocations out by
 * itself.
 */
package io.thespace.identity.access;
