package io.thespace.memory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
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
        Instant changedAt) {

    /** For the documentation. */
    public static final MemoryView EXAMPLE = new MemoryView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e50"),
            null,
            "Ada prefers to be called in the morning.",
            "preference",
            new BigDecimal("0.8"),
            Instant.parse("2026-01-31T12:00:00Z"),
            null,
            "support",
            JsonNodeFactory.instance.objectNode().put("ticket", 4711),
            Subject.EXAMPLE,
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:00Z"));
}
