package io.thespace.hub;

import java.time.Instant;
import java.util.UUID;

/**
 * A member of a channel, and since when.
 *
 * @param role {@code reader} or {@code writer}
 */
public record ChannelMemberView(UUID userId, String role, Instant createdAt) {}
