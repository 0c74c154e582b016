/**
 * Explanations of calls: caller, authorization decisions, upstreams, durations and outcome.
 *
 * <p>Invariants: a call never waits for its explanation, nor fails because of it. Each node buffers a bounded number of
 * explanations; one writer inserts them in batches, and excess ones are dropped and counted. They contain no bodies,
 * credentials or values of paths and queries, and only the caller's organization can read them. They are deleted after
 * {@code SPACE_REQUEST_LOG_HOURS}.
 *
 * <p>Failures: an explanation may be missing, which is reported with a {@link io.thespace.request.RequestError}.
 */
package io.thespace.request;
