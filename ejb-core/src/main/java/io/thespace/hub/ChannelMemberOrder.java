package io.thespace.hub;

import jakarta.validation.constraints.NotNull;

/** What somebody is to be in a channel. */
public record ChannelMemberOrder(@NotNull ChannelRole role) {

    /** For the documentation. */
    public static final ChannelMemberOrder EXAMPLE = new ChannelMemberOrder(ChannelRole.READER);
}
