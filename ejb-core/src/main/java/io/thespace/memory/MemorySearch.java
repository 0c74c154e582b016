package io.thespace.memory;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A search; null members do not filter.
 *
 * @param query words, all of which must occur; {@code "a phrase"}, {@code or} and {@code -without} as on the web
 * @param agentId of this agent only
 * @param minImportance 0 to 1
 * @param asOf among memories valid at this time; null for now
 * @param limit the maximum of results; null for 20
 */
public record MemorySearch(
        @NotBlank @Size(max = 500) String query,
        UUID agentId,
        String category,
        @DecimalMin("0") @DecimalMax("1") BigDecimal minImportance,
        Instant asOf,
        @Min(1) @Max(100) Integer limit) {

    /** For the documentation. */
    public static final MemorySearch EXAMPLE = new MemorySearch("morning call", null, null, null, null, 10);
}
