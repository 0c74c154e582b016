/**
 * Sign-ins. One is of one user in one organization: a family of refresh tokens, each of which is good once, and the short-lived
 * access tokens that each of them brings. {@link io.thespace.identity.signin.SignIns} begins, renews and ends them; {@link
 * io.thespace.identity.signin.FirstStart} makes the first user who can sign in.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Of passwords there are only Argon2id hashes, of refresh tokens only SHA-256 hashes; neither they nor addresses are ever
 *       logged.
 *   <li>The tenant is bound before a transaction begins: from the refresh token's own clear part, or from the membership that a
 *       sign-in chose.
 *   <li>A refresh token that comes a second time from another client ends its sign-in.
 * </ul>
 *
 * <p>What may fail: with Redis away sign-in attempts are counted by each node for itself. When more passwords are to be hashed at
 * once than the node can, callers get {@link io.thespace.identity.IdentityError#TOO_BUSY}.
 */
package io.thespace.identity.signin;
