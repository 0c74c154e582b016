/**
 * Explains calls: who made one, what was decided about it, where it went, how long it took and what came of it.
 *
 * <p>Invariants: a call never waits for its explanation, and none fails for one. Each node keeps so many explanations in memory
 * at the most; one writer puts them into the database in batches, and what does not fit is dropped and counted. No bodies, no
 * credentials and no values of paths or queries are in them, and only the caller's own organization sees them. They are gone
 * after {@code SPACE_REQUEST_LOG_HOURS}.
 *
 * <p>What may fail: an explanation may be missing, and then {@link io.thespace.request.RequestError} says so.
 */
package io.thespace.request;
