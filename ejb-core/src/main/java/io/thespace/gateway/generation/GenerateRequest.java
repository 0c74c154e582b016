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
 * A model is to go on from a text.
 *
 * @param prompt what it is asked
 * @param model its name
 * @param temperature from 0, the likeliest words, to 2; as the model has it when left out
 * @param maxTokens the maximum of tokens that it writes; the model's own when left out
 * @param system what it is to keep to; nothing when left out
 * @param stream whether its words are to come as they are written, as server-sent events
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

    /** How many characters the model reads. */
    int characters() {
        return prompt.length() + (system == null ? 0 : system.length());
    }

    /** Without what was written. */
    @Override
    public String toString() {
        return "GenerateRequest[" + model + "]";
    }
}
