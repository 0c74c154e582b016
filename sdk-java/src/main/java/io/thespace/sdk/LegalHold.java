package io.thespace.sdk;

import java.time.Instant;
import java.util.UUID;

/**
 * A legal hold.
 *
 * @param userId the person; null when they are not a user
 * @param identifier the person's identifier; null when it was not given, and once it is erased
 * @param clearedAt null while it is active
 */
public record LegalHold(
        UUID id,
        UUID userId,
        String identifier,
        String reason,
        UUID placedBy,
        Instant placedAt,
        UUID clearedBy,
        Instant clearedAt,
        String clearedReason) {}
