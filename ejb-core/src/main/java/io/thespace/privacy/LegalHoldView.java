package io.thespace.privacy;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A legal hold.
 *
 * @param userId whose data it keeps; null for somebody who is no user
 * @param identifier what they are called; null when nobody told, and once it is erased
 * @param clearedAt null while it holds
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
        @Nullable String clearedReason) {}
