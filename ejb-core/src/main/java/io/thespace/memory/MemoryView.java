package io.thespace.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A memory.
 *
 * @param agentId whose it is; null for the whole organization's
 * @param importance 0 to 1
 * @param validFrom from when on it holds
 * @param validTo from when on it does not hold any more; null for never
 * @param subject whom it is about; null for nobody
 * @param createdBy the user who added it; null when that was erased
 */
public record MemoryView(
        UUID id,
        @Nullable UUID agentId,
        String content,
        @Nullable String category,
        BigDecimal importance,
        Instant validFrom,
        @Nullable Instant validTo,
        @Nullable String source,
        ObjectNode metadata,
        @Nullable Subject subject,
        @Nullable UUID createdBy,
        Instant createdAt,
        Instant changedAt) {}
