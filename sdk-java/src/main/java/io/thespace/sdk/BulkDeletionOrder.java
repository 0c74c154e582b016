package io.thespace.sdk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Request to delete memories: those with these ids, or those that match a filter.
 *
 * @param ids ids that do not exist are ignored; null with a filter
 * @param filter null with ids
 * @param most the maximum of memories that this call deletes; null for 1000
 * @param dryRun whether to report only what would be deleted; null for no
 */
public record BulkDeletionOrder(List<UUID> ids, Filter filter, Integer most, Boolean dryRun) {

    /**
     * A filter of memories; at least one member is needed, and all given members must match.
     *
     * @param agentId the agent
     * @param createdBefore added before this time
     * @param expiredBefore whose validity ended by this time
     * @param maxImportance maximum importance
     * @param subject the subject, matched by every given member
     */
    public record Filter(
            UUID agentId,
            String category,
            Instant createdBefore,
            Instant expiredBefore,
            BigDecimal maxImportance,
            Subject subject) {}

    /** Selects memories by their ids. */
    public static BulkDeletionOrder of(List<UUID> ids) {
        return new BulkDeletionOrder(ids, null, null, null);
    }

    /** Selects memories that match a filter. */
    public static BulkDeletionOrder of(Filter filter) {
        return new BulkDeletionOrder(null, filter, null, null);
    }
}
