package io.thespace.sdk;

import java.time.Instant;
import java.util.UUID;

/**
 * A legal hold.
 *
 * @param userId whose data it keeps; null for a person who is not a user
 * @param identifier what they are called; null when it was not given, and once it is erased
 * @param clearedAt null while it holds
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
