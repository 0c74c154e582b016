package io.thespace.gateway.model;

import jakarta.annotation.Nullable;

/**
 * What a completion took, as the model's server says it; null where it does not. The usage of an answer that was cut short is
 * estimated, as servers send it at the end.
 *
 * @param inputTokens that the model read
 * @param outputTokens that it wrote
 */
public record ModelUsage(@Nullable Long inputTokens, @Nullable Long outputTokens) {

    public static final ModelUsage UNKNOWN = new ModelUsage(null, null);

    /** A usual rule for English text; other languages have fewer characters to a token. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    /** How many tokens a text of so many characters is likely to have. */
    public static long estimate(long characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    public long input() {
        return inputTokens == null ? 0 : inputTokens;
    }

    public long output() {
        return outputTokens == null ? 0 : outputTokens;
    }
}
