package io.thespace.gateway.model;

import jakarta.annotation.Nullable;

/**
 * What a completion took; null where the model's server does not say.
 *
 * @param inputTokens that the model read
 * @param outputTokens that it wrote
 */
public record ModelUsage(@Nullable Long inputTokens, @Nullable Long outputTokens) {

    public static final ModelUsage UNKNOWN = new ModelUsage(null, null);

    public long input() {
        return inputTokens == null ? 0 : inputTokens;
    }

    public long output() {
        return outputTokens == null ? 0 : outputTokens;
    }
}
