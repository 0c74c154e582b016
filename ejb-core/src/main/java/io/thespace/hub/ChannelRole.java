package io.thespace.hub;

import java.util.Locale;

/** The role of a member in a channel; it overrides the access that the channel's visibility gives. */
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
