/**
 * Personal access tokens, with which programs authenticate.
 *
 * <p>A token acts for the user who created it, or for one of the organization's agents on behalf of that user, with the
 * permissions granted to it, as long as the user has them too.
 *
 * <p>Invariants: only a SHA-256 hash of a token is stored, and its value is returned once. (A slow hash protects passwords; 256
 * random bits cannot be guessed, and a token is verified on every request.) A token never has more permissions than its creator
 * had at creation or has now. A revoked token stays revoked.
 *
 * <p>Failures: the codes of {@link io.thespace.token.TokenError}, and the database.
 */
package io.thespace.token;
