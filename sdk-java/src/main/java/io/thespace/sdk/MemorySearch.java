package io.thespace.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * What is sought; null members don't filter.
 *
 * @param query words, which all must be there; {@code "a phrase"}, {@code or} and {@code -without} as on the web
 * @param agentId of this agent alone
 * @param minImportance 0 to 1
 * @param asOf among those that held then; null for now
 * @param limit how many at the most; null for 20
 */
public record MemorySearch(
        String query, UUID agentId, String category, BigDecimal minImportance, Instant asOf, Integer limit) {

    public MemorySearch(String query) {
        this(query, null, null, null, null, null);
    }
}
