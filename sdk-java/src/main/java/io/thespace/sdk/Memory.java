package io.thespace.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A memory.
 *
 * @param agentId whose it is; null for the whole organization's
 * @param importance 0 to 1
 * @param validFrom from when on it holds
 * @param validTo from when on it does not hold any more; null for never
 * @param subject whom it is about; null for no person
 * @param createdBy the user who added it; null when that was erased
 */
public record Memory(
        UUID id,
        UUID agentId,
        String content,
        String category,
        BigDecimal importance,
        Instant validFrom,
        Instant validTo,
        String source,
        Map<String, Object> metadata,
        Subject subject,
        UUID createdBy,
        Instant createdAt,
        Instant changedAt) {}
