package io.thespace.hub;

import java.util.Locale;

/** What a member may do in a channel; it counts instead of what the channel's visibility gives. */
public enum ChannelRole {
    READER,
    WRITER;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ChannelRole of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
