/**
 * Identity: organizations, users, and the memberships through which users belong to organizations. {@link
 * io.thespace.identity.MembershipRole} is the one table of what a member may do on the management API.
 *
 * <p>Beside this package, each above the ones before: {@code key} has the keys and secrets of the platform, {@code access} the
 * tokens that callers present, {@code signin} the sign-ins that bring them, and {@code plugin} what plugins see of identity. None of
 * them is known here; only the queries of a member's access status and of personal data also read the rows of sign-ins.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>An organization always has an active owner; nobody gives or takes a role that may do more than they.
 *   <li>Every change that reduces access fires a {@link io.thespace.identity.AccessReduced}.
 *   <li>Of passwords there are only Argon2id hashes here; neither they nor addresses are ever logged.
 * </ul>
 *
 * <p>What may fail: each refusal is an {@link io.thespace.identity.IdentityError}. With the database away nothing here works.
 */
package io.thespace.identity;
