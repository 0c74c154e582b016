package io.thespace.memory;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A filter of memories; null members do not filter.
 *
 * @param agentId of this agent only
 * @param minImportance 0 to 1
 * @param subjectUserId about this user
 * @param subject about the person with this identifier, in any spelling
 * @param since added at or after this time
 * @param asOf valid at this time; null for now
 * @param expired whether to include memories that are not valid
 */
public record MemoryFilter(
        UUID agentId,
        String category,
        BigDecimal minImportance,
        UUID subjectUserId,
        String subject,
        Instant since,
        Instant asOf,
        boolean expired) {}
