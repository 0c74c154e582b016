package io.thespace.hub;

import java.util.UUID;

/** Fired by a use case after which somebody may use a channel who might not before, or the other way round. */
record ChannelChanged(UUID orgId, String channelId) {}
