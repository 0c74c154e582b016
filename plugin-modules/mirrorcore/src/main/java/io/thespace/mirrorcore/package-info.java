/**
 * Conversations mirrored as measurements: sessions with turns by speakers, and language metrics of them.
 *
 * <p>A turn is counted when it is added, and its counts are stored with it; they are additive, so a session's measures
 * are sums over its turns. Non-additive measures (different words, factors of diversity, key phrases, drift) are
 * computed from the texts in one pass when metrics are requested, with memory bounded by {@link
 * io.thespace.mirrorcore.Session#MAX_WORDS}. {@code docs/MIRRORCORE.md} has each metric's formula, source and range.
 *
 * <p>Invariants: a session's number of turns and words is that of its turns, because every addition or erasure of a
 * turn changes the session in the same transaction; positions are unique; a completed session accepts no turns; rows of
 * other organizations are not visible (row-level security). Texts and speakers are stored in the tables {@code turn}
 * and {@code speaker} only: never in logs, events or error messages.
 *
 * <p>Failures: each use case rejects with {@link io.thespace.mirrorcore.MirrorError}, before any change. The models are
 * loaded in the background; until then measuring waits briefly and then rejects with {@code MODELS_NOT_LOADED}.
 */
package io.thespace.mirrorcore;
