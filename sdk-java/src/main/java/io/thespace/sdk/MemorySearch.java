package io.thespace.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A search; null members do not filter.
 *
 * @param query words, all of which must occur; {@code "a phrase"}, {@code or} and {@code -without} as on the web
 * @param agentId of this agent only
 * @param minImportance 0 to 1
 * @param asOf among memories valid at this time; null for now
 * @param limit the maximum of results; null for 20
 */
public record MemorySearch(
        String query, UUID agentId, String category, BigDecimal minImportance, Instant asOf, Integer limit) {

    public MemorySearch(String query) {
        this(query, null, null, null, null, null);
    }
}
