/**
 * Sign-ins. A sign-in is of one user to one organization: a family of refresh tokens, each valid for one use, and their
 * short-lived access tokens. {@link io.thespace.identity.signin.SignIns} begins, renews and ends them; {@link
 * io.thespace.identity.signin.FirstStart} creates the first user.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Passwords are stored only as Argon2id hashes, refresh tokens only as SHA-256 hashes; neither they nor addresses
 *       are ever logged.
 *   <li>The tenant is bound before a transaction begins: from the clear part of the refresh token, or from the
 *       membership selected at sign-in.
 *   <li>Reuse of a refresh token by another client revokes its sign-in.
 * </ul>
 *
 * <p>Failures: while Redis is unavailable, each node counts sign-in attempts by itself. When the capacity for hashing
 * passwords is exceeded, callers get {@link io.thespace.identity.IdentityError#TOO_BUSY}.
 */
package io.thespace.identity.signin;
