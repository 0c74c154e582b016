package io.thespace.mirrorcore;

import jakarta.annotation.Nullable;

/**
 * The similarity of two speakers' use of function words; symmetric.
 *
 * @param styleMatch 0 to 1 ({@link StyleMatch}); null where either has no English words
 */
public record MatchView(String speaker, String otherSpeaker, @Nullable Double styleMatch) {}
