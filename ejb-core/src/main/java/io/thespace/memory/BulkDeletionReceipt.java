package io.thespace.memory;

/**
 * What one call deleted.
 *
 * @param dryRun whether nothing was deleted in truth
 * @param matched how many memories this call deleted, or would have
 * @param deleted how many are gone
 * @param more whether the selection fits further ones, so that another call has something to do
 */
public record BulkDeletionReceipt(boolean dryRun, int matched, int deleted, boolean more) {

    /** For the documentation. */
    public static final BulkDeletionReceipt EXAMPLE = new BulkDeletionReceipt(true, 1, 0, false);
}
