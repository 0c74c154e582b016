package io.thespace.hub;

import java.time.Instant;
import java.util.UUID;

/** A member of a channel, and since when. */
public record ChannelMemberView(UUID userId, ChannelRole role, Instant createdAt) {}
