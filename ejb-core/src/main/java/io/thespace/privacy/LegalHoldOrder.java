package io.thespace.privacy;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * Request to place a legal hold. Exactly one of user and identifier is given, as in {@link DataRequestOrder}.
 *
 * @param reason why, for example the matter's number
 */
public record LegalHoldOrder(
        UUID userId,
        @Size(min = 4, max = 320) @Pattern(regexp = DataRequestOrder.IDENTIFIER, message = DataRequestOrder.WORDS)
                String identifier,
        @NotBlank @Size(max = 500) String reason) {

    /** For the documentation. */
    public static final LegalHoldOrder EXAMPLE = new LegalHoldOrder(null, "ada@example.org", "Matter 2026/17");
}
