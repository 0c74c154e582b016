/**
 * Who calls: organizations, users and their memberships, sign-ins with their tokens, and the keys that vouch for them.
 *
 * <p>A user belongs to organizations through memberships. A sign-in is one user in one organization: a family of refresh
 * tokens, each of which is good once, and the short-lived access tokens that each of them brings. {@link
 * io.thespace.identity.SignIns} begins, renews and ends sign-ins; {@link io.thespace.identity.Authentication} turns an
 * access token, ours or an external issuer's, into an {@link io.thespace.plugin.api.Actor}.
 *
 * <p>{@link io.thespace.identity.MembershipRole} is the one table of what a member may do on the management API. Whatever
 * lets somebody do less fires a {@link io.thespace.identity.StandingChanged}, of which {@link
 * io.thespace.identity.Revocations} tells every node.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Of passwords there are only Argon2id hashes here, of refresh tokens only SHA-256 hashes, of signing keys only the
 *       public halves; none of them, and no address, is ever logged.
 *   <li>What an access token claims about a person's role is asked of the database anew each second, together with whether
 *       the sign-in, the user and the organization still stand: a revocation, a suspension or a demotion counts on every
 *       node within a second.
 *   <li>A public key is in the database before a token is signed with it, so every node can verify every other node's.
 *   <li>An organization always has an active owner; nobody gives or takes a role that may do more than they.
 *   <li>The tenant is bound before a transaction begins: from the verified token, from the refresh token's own clear part,
 *       or from the membership that a sign-in chose.
 * </ul>
 *
 * <p>What may fail: with the database away all requests are rejected, and callers get {@link
 * io.thespace.identity.IdentityError#IDENTITY_UNAVAILABLE}. With Redis away sign-in attempts are counted by each node for
 * itself. With an external issuer's keys out of reach, the ones fetched last stay good; without any, that issuer's tokens
 * get {@code IDENTITY_UNAVAILABLE}.
 */
package io.thespace.identity;
