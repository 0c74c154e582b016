package io.thespace.gateway;

import io.thespace.plugin.api.EventType;
import jakarta.annotation.Nullable;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A model was asked and is done, or failed. Published as {@link #TYPE}; it tells nothing of what was said.
 *
 * @param model which one was asked at last
 * @param asked which one the caller named
 * @param error why there is no answer, as the refusal's code; null when there is one, and when the caller did not wait for it
 * @param inputTokens that the model read; null where its server does not say, as are those that it wrote. Both are estimates
 *     when the answer was cut short
 * @param cost by the model's price; null without one
 * @param millis how long it took, all attempts included
 */
public record GenerationEnded(
        String model,
        String asked,
        @Nullable String error,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable BigDecimal cost,
        @Nullable String currency,
        boolean streamed,
        long millis,
        Instant at) {

    public static final EventType TYPE = new EventType(
            "generation_ended",
            "A language model was asked and answered, or failed; the subject is the model.",
            GenerationEnded.class);
}
