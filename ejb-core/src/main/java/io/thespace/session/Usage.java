package io.thespace.session;

import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * What a call of a model or a tool came to; what is null is not known.
 *
 * @param model its name
 * @param inputTokens how many tokens it read
 * @param outputTokens how many tokens it wrote
 * @param latencyMs how long it took, up to an hour
 * @param error what went wrong; null when nothing did
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
