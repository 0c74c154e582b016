package io.thespace.hub;

import java.util.UUID;

/**
 * What somebody may do in a channel.
 *
 * @param epoch of the channel; null for one of events that nobody made, which is there by itself
 * @param offset of its latest message
 * @param writes whether they may also send messages
 */
public record Access(UUID epoch, long offset, boolean writes) {}
