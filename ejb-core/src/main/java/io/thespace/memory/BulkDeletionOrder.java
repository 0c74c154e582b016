package io.thespace.memory;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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
public record BulkDeletionOrder(
        @Size(min = 1, max = 1000) List<@NotNull UUID> ids,
        @Valid Selection filter,
        @Min(1) @Max(1000) Integer most,
        Boolean dryRun) {

    /** For the documentation. */
    public static final BulkDeletionOrder EXAMPLE =
            new BulkDeletionOrder(null, new Selection(null, null, null, null, null, Subject.EXAMPLE), 100, true);

    /**
     * A filter of memories; at least one member is needed, and all given members must match.
     *
     * @param agentId the agent
     * @param createdBefore added before this time
     * @param expiredBefore whose validity ended by this time
     * @param maxImportance maximum importance
     * @param subject the subject, matched by every given member
     */
    public record Selection(
            UUID agentId,
            String category,
            Instant createdBefore,
            Instant expiredBefore,
            @DecimalMin("0") @DecimalMax("1") BigDecimal maxImportance,
            @Valid Subject subject) {

        boolean empty() {
            return agentId == null
                    && category == null
                    && createdBefore == null
                    && expiredBefore == null
                    && maxImportance == null
                    && (subject == null || Subject.orNull(subject.userId(), subject.identifier()) == null);
        }
    }
}
