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
 * Memories are to be deleted: those with these ids, or those that a filter selects.
 *
 * @param ids what of them there is not is passed over; null with a filter
 * @param filter null with ids
 * @param most how many this call deletes at the most; null for 1000
 * @param dryRun whether only to tell what would be deleted; null for no
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
     * Which memories; at least one member is needed, and all that are given must fit.
     *
     * @param agentId of this agent
     * @param createdBefore added before
     * @param expiredBefore that held until then at the latest
     * @param maxImportance of no more importance
     * @param subject about whom is named so, by every member that is given
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
