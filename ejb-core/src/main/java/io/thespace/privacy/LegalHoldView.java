package io.thespace.privacy;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A legal hold.
 *
 * @param userId the person; null when they are not a user
 * @param identifier the person's identifier; null when it was not given, and once it is erased
 * @param clearedAt null while it is active
 */
public record LegalHoldView(
        UUID id,
        @Nullable UUID userId,
        @Nullable String identifier,
        String reason,
        UUID placedBy,
        Instant placedAt,
        @Nullable UUID clearedBy,
        @Nullable Instant clearedAt,
        @Nullable String clearedReason) {

    /** For the documentation. */
    public static final LegalHoldView EXAMPLE = new LegalHoldView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e70"),
            null,
            "ada@example.org",
            "Matter 2026/17",
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            Instant.parse("2026-01-31T12:00:00Z"),
            null,
            null,
            null);
}
