package io.thespace.hub;

import jakarta.annotation.Nullable;
import java.util.UUID;

/**
 * Fired by a use case that changes who may use a channel.
 *
 * @param userId the only user concerned; null when it concerns all
 */
public record ChannelChanged(UUID orgId, String channelId, @Nullable UUID userId) {}
