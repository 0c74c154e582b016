package io.thespace.memory;

/**
 * The result of one call.
 *
 * @param dryRun whether nothing was actually deleted
 * @param matched the number of memories that this call deleted, or would have
 * @param deleted the number of memories deleted
 * @param more whether further memories match, so that another call is needed
 */
public record BulkDeletionReceipt(boolean dryRun, int matched, int deleted, boolean more) {

    /** For the documentation. */
    public static final BulkDeletionReceipt EXAMPLE = new BulkDeletionReceipt(true, 1, 0, false);
}
