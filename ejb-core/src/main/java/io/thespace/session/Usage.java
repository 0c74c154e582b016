package io.thespace.session;

import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * The usage of a call of a model or a tool; null members are unknown.
 *
 * @param model its name
 * @param inputTokens the number of input tokens
 * @param outputTokens the number of output tokens
 * @param latencyMs the duration, up to an hour
 * @param error the error; null without one
 */
public record Usage(
        @Nullable @Size(max = 200) String model,
        @Nullable @Min(0) @Max(1_000_000_000) Long inputTokens,
        @Nullable @Min(0) @Max(1_000_000_000) Long outputTokens,
        @Nullable @Valid Cost cost,
        @Nullable @Min(0) @Max(3_600_000) Integer latencyMs,
        @Nullable @Size(min = 1, max = 500) @Pattern(regexp = "[\\s\\S]*\\S[\\s\\S]*", message = "must not be blank")
                String error) {

    /** For the documentation. */
    public static final Usage EXAMPLE = new Usage("gpt-4o-mini", 812L, 64L, Cost.EXAMPLE, 730, null);
}
