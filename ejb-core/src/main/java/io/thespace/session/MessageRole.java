package io.thespace.session;

import java.util.Locale;

/** Who says a message. */
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
