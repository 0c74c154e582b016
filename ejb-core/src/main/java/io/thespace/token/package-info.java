/**
 * Personal access tokens, with which programs authenticate.
 *
 * <p>A token acts for the user who made it, or for one of the organization's agents in that user's name, with the
 * permissions it was given, as long as the user has them too.
 *
 * <p>Invariants: only a SHA-256 hash of a token is stored, and its value is returned once. (A slow hash protects passwords; 256
 * random bits cannot be guessed, and a token is verified on every request.) A token never has more permissions than its creator
 * had at creation or has now. A revoked token stays revoked.
 *
 * <p>What may fail: nothing but what {@link io.thespace.token.TokenError} says, and the database.
 */
package io.thespace.token;
