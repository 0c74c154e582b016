package io.thespace.sdk;

/**
 * The result of one call.
 *
 * @param dryRun whether nothing was actually deleted
 * @param matched the number of memories that this call deleted, or would have
 * @param deleted the number of memories deleted
 * @param more whether further memories match, so that another call is needed
 */
public record BulkDeletion(boolean dryRun, int matched, int deleted, boolean more) {}
