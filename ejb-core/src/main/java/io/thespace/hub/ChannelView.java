package io.thespace.hub;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A channel.
 *
 * @param visibility {@code public}, {@code organization} or {@code private}
 * @param epoch tells it from another one that had its id before
 * @param offset of its latest message; 0 when there was none
 * @param createdBy the user who made it; null when they were erased
 */
public record ChannelView(
        String id,
        String name,
        String visibility,
        UUID epoch,
        long offset,
        @Nullable UUID createdBy,
        Instant createdAt,
        Instant changedAt) {}
