package io.thespace.hub;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A channel.
 *
 * @param visibility {@code public}, {@code organization} or {@code private}
 * @param epoch distinguishes it from an earlier channel with the same id
 * @param offset of its latest message; 0 when there was none
 * @param createdBy the user who created it; null when the platform did, or when that user was erased
 */
public record ChannelView(
        String id,
        String name,
        String visibility,
        UUID epoch,
        long offset,
        @Nullable UUID createdBy,
        Instant createdAt,
        Instant changedAt) {

    /** For the documentation. */
    public static final ChannelView EXAMPLE = new ChannelView(
            "support",
            "Support",
            "organization",
            UUID.fromString("019a0000-0000-7000-8000-000000000060"),
            42,
            UUID.fromString("019a0000-0000-7000-8000-000000000002"),
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:00Z"));
}
