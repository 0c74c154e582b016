package io.thespace.hub;

import jakarta.validation.constraints.NotNull;

/** Request to add or change a channel member. */
public record ChannelMemberOrder(@NotNull ChannelRole role) {

    /** For the documentation. */
    public static final ChannelMemberOrder EXAMPLE = new ChannelMemberOrder(ChannelRole.READER);
}
