package io.thespace.memory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * Request to store a memory.
 *
 * @param agentId its agent; null for the acting agent, or else the whole organization
 * @param category null for none
 * @param importance 0 to 1; null for 0.5
 * @param validFrom null for now
 * @param validTo the end of its validity; null for never
 * @param source its origin; null when it is not known
 * @param metadata further data; null for none
 * @param subject the person it is about; null for none
 */
public record MemoryOrder(
        @NotBlank @Size(max = MemoryOrder.MAX_CONTENT_LENGTH) String content,
        UUID agentId,
        @Pattern(regexp = MemoryOrder.CATEGORY, message = MemoryOrder.CATEGORY_WORDS) String category,
        @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 3) BigDecimal importance,
        Instant validFrom,
        Instant validTo,
        @Size(min = 1, max = 200) String source,
        ObjectNode metadata,
        @Valid Subject subject) {

    public MemoryOrder {
        // 1.0000 is 1: zeros at the end are not counted as digits.
        importance = importance == null ? null : importance.stripTrailingZeros();
    }

    /** For the documentation. */
    public static final MemoryOrder EXAMPLE = new MemoryOrder(
            "Ada prefers to be called in the morning.",
            null,
            "preference",
            new BigDecimal("0.8"),
            null,
            null,
            "support",
            JsonNodeFactory.instance.objectNode().put("ticket", 4711),
            Subject.EXAMPLE);

    static final int MAX_CONTENT_LENGTH = 8000;
    static final String CATEGORY = "[a-z][a-z0-9_.-]{0,62}";
    static final String CATEGORY_WORDS = "must be a name in lower case of up to 63 characters";
    static final double IMPORTANCE = 0.5;
}
