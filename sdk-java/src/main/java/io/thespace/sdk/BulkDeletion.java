package io.thespace.sdk;

/**
 * What one call deleted.
 *
 * @param dryRun whether nothing was deleted in truth
 * @param matched how many memories this call deleted, or would have
 * @param deleted how many are gone
 * @param more whether the selection fits further ones, so that another call has something to do
 */
public record BulkDeletion(boolean dryRun, int matched, int deleted, boolean more) {}
