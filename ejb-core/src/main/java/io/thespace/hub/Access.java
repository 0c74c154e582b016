package io.thespace.hub;

import java.util.UUID;

/**
 * A user's access to a channel.
 *
 * @param epoch of the channel; null for a channel of events, which exists implicitly
 * @param offset of its latest message
 * @param writes whether they may also send messages
 */
public record Access(UUID epoch, long offset, boolean writes) {}
