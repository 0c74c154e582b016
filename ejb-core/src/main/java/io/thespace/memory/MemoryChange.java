package io.thespace.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of a memory, as a {@link io.thespace.json.MergePatch}.
 *
 * @param content cannot be cleared
 * @param importance when cleared, 0.5
 * @param validFrom cannot be cleared
 * @param metadata a merge patch itself
 */
public record MemoryChange(
        Optional<@NotBlank @Size(max = MemoryOrder.MAX_CONTENT_LENGTH) String> content,
        Optional<@Pattern(regexp = MemoryOrder.CATEGORY, message = MemoryOrder.CATEGORY_WORDS) String> category,
        Optional<@DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 3) BigDecimal> importance,
        Optional<@NotNull Instant> validFrom,
        Optional<Instant> validTo,
        Optional<@Size(min = 1, max = 200) String> source,
        Optional<ObjectNode> metadata,
        Optional<@Valid SubjectChange> subject) {

    @SuppressWarnings("OptionalAssignedToNull") // null is what a merge patch leaves out
    public MemoryChange {
        importance = importance == null ? null : importance.map(BigDecimal::stripTrailingZeros);
    }

    /** For the documentation. */
    @SuppressWarnings("NullOptional") // null is what a merge patch leaves out
    public static final MemoryChange EXAMPLE = new MemoryChange(
            null,
            null,
            Optional.of(new BigDecimal("0.4")),
            null,
            Optional.of(Instant.parse("2027-01-31T12:00:00Z")),
            null,
            null,
            null);
}
