/**
 * Personal access tokens: what programs show instead of signing in.
 *
 * <p>A token acts for the user who made it, or for one of the organization's agents in that user's name, with the
 * permissions it was given, as long as the user has them too.
 *
 * <p>Invariants: of a token's text only a SHA-256 hash is kept, and the text is told once. (A slow hash protects what people
 * choose; nobody guesses 256 random bits, and a token is checked on every request.) A token never may more than whoever
 * made it did then, nor more than they may now. A revoked token stays revoked.
 *
 * <p>What may fail: nothing but what {@link io.thespace.token.TokenError} says, and the database.
 */
package io.thespace.token;
