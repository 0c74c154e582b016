package io.thespace.gateway.generation;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;

/**
 * Request to a model to complete a text.
 *
 * @param prompt the user's text
 * @param model its name
 * @param temperature from 0, the likeliest words, to 2; the model's default when left out
 * @param maxTokens the maximum of tokens that it writes; the model's own when left out
 * @param system the system prompt; none when left out
 * @param stream whether the response is streamed as server-sent events
 */
public record GenerateRequest(
        @NotBlank @Size(max = 500_000) String prompt,
        @NotNull @Size(max = 63) String model,
        @DecimalMin("0") @DecimalMax("2") BigDecimal temperature,
        @Min(1) @Max(1_000_000) Integer maxTokens,
        @Size(max = 100_000) String system,
        Boolean stream) {

    /** The media type of the answer. */
    public String mediaType() {
        return streams() ? Generation.EVENT_STREAM : "application/json";
    }

    public boolean streams() {
        return Boolean.TRUE.equals(stream);
    }

    /** Without what was written. */
    @Override
    public String toString() {
        return "GenerateRequest[" + model + "]";
    }
}
