package io.thespace.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Something is to be kept in mind.
 *
 * @param agentId whose memory it is; null for the agent that acts, or else the whole organization
 * @param category null for none
 * @param importance 0 to 1; null for 0.5
 * @param validFrom null for now
 * @param validTo from when on it does not hold any more; null for never
 * @param source where it comes from; null when it is not known
 * @param metadata whatever else belongs to it; null for nothing
 * @param subject whom it is about; null for no person
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
