package io.thespace.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Memories are to be deleted: those with these ids, or those that a filter selects.
 *
 * @param ids what of them there is not is passed over; null with a filter
 * @param filter null with ids
 * @param most how many this call deletes at the most; null for 1000
 * @param dryRun whether only to tell what would be deleted; null for no
 */
public record BulkDeletionOrder(List<UUID> ids, Filter filter, Integer most, Boolean dryRun) {

    /**
     * Which memories; at least one member is needed, and all that are given must fit.
     *
     * @param agentId of this agent
     * @param createdBefore added before
     * @param expiredBefore that held until then at the latest
     * @param maxImportance of no more importance
     * @param subject about whom is named so, by every member that is given
     */
    public record Filter(
            UUID agentId,
            String category,
            Instant createdBefore,
            Instant expiredBefore,
            BigDecimal maxImportance,
            Subject subject) {}

    /** Those with these ids. */
    public static BulkDeletionOrder of(List<UUID> ids) {
        return new BulkDeletionOrder(ids, null, null, null);
    }

    /** Those that a filter selects. */
    public static BulkDeletionOrder of(Filter filter) {
        return new BulkDeletionOrder(null, filter, null, null);
    }
}
