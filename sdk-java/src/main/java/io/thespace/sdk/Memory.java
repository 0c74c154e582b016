package io.thespace.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A memory.
 *
 * @param agentId its agent; null for the whole organization's
 * @param importance 0 to 1
 * @param validFrom the start of its validity
 * @param validTo the end of its validity; null for never
 * @param subject the person it is about; null for none
 * @param createdBy the user who added it; null when that user was erased
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
