package io.thespace.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Request to store a memory.
 *
 * @param agentId its agent; null for the acting agent, or else the whole organization
 * @param category null for none
 * @param importance 0 to 1; null for 0.5
 * @param validFrom null for now
 * @param validTo the end of its validity; null for never
 * @param source its origin; null when it is not known
 * @param metadata further data; null for none
 * @param subject the person it is about; null for none
 */
public record MemoryOrder(
        String content,
        UUID agentId,
        String category,
        BigDecimal importance,
        Instant validFrom,
        Instant validTo,
        String source,
        Map<String, Object> metadata,
        Subject subject) {

    public MemoryOrder(String content) {
        this(content, null, null, null, null, null, null, null, null);
    }
}
