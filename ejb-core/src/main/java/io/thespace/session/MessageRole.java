package io.thespace.session;

import java.util.Locale;

/** The author role of a message. */
public enum MessageRole {
    USER,
    ASSISTANT,
    SYSTEM,
    TOOL;

    /** Its form in the database and on the wire. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
