/**
 * Conversations mirrored as measurements: sessions with turns by speakers, and language metrics of them.
 *
 * <p>A turn is counted when it comes, and its counts are kept beside it; they can be added up, so a session's measures are sums
 * over its turns. What can't be added up (different words, factors of diversity, key phrases, drift) is made of the texts again in
 * one pass when metrics are asked for, with memory bounded by {@link io.thespace.mirrorcore.Session#MAX_WORDS}. {@code
 * docs/MIRRORCORE.md} has each metric's formula, source and range.
 *
 * <p>Invariants: a session's number of turns and words is that of its turns, because whatever adds or erases a turn changes the
 * session in the same transaction; no position comes twice; a completed session takes no turn; no row of another organization is
 * seen (row-level security). What was said and who said it are in the tables {@code turn} and {@code speaker} only: never in logs,
 * events or error messages.
 *
 * <p>What may fail: each use case refuses with {@link io.thespace.mirrorcore.MirrorError}, before it changes anything. The models
 * are loaded in the background; until then measuring waits a little and then refuses with {@code MODELS_NOT_LOADED}.
 */
package io.thespace.mirrorcore;
