package io.thespace.hub;

import java.time.Instant;
import java.util.UUID;

/**
 * A member of a channel, and since when.
 *
 * @param role {@code reader} or {@code writer}
 */
public record ChannelMemberView(UUID userId, String role, Instant createdAt) {

    /** For the documentation. */
    public static final ChannelMemberView EXAMPLE = new ChannelMemberView(
            UUID.fromString("019a0000-0000-7000-8000-000000000002"), "reader", Instant.parse("2026-01-31T12:00:00Z"));
}
