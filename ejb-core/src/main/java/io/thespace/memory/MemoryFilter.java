package io.thespace.memory;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * Which memories are asked for; null members don't filter.
 *
 * @param agentId of this agent alone
 * @param minImportance 0 to 1
 * @param subjectUserId about this user
 * @param subject about whom goes by this identifier, in any spelling
 * @param since added then or later
 * @param asOf those that held then; null for now
 * @param expired whether to bring also those that do not hold
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
