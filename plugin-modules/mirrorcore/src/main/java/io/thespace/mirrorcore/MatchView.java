package io.thespace.mirrorcore;

import jakarta.annotation.Nullable;

/**
 * How alike two speakers use function words; it does not matter which of them is named first.
 *
 * @param styleMatch 0 to 1 ({@link StyleMatch}); null where one of both has no English words
 */
public record MatchView(String speaker, String otherSpeaker, @Nullable Double styleMatch) {}
