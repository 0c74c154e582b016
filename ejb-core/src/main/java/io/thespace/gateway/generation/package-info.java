/**
 * Requests to language models and embeddings models, and what they cost.
 *
 * <p>Invariants: a model's key goes to its own server only; what was sent is not sent again, since it costs money; the tokens of each
 * answer count against the organization's quota, also when the answer breaks off.
 *
 * <p>What may fail: models, of which another one may take the place; the database, while which the log of generations waits.
 */
package io.thespace.gateway.generation;
