/**
 * Requests to language models and embeddings models, and their cost.
 *
 * <p>Invariants: a model's key is sent to its own server only; a sent request is not retried, since it costs money; the
 * tokens of each response count against the organization's quota, even if it breaks off.
 *
 * <p>Failures: models, which may have a fallback; the database, during whose outage generation records are queued.
 */
package io.thespace.gateway.generation;
