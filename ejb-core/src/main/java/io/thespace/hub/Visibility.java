package io.thespace.hub;

import java.util.Locale;

/** Who may use a channel without a membership. */
public enum Visibility {
    /** All members of the organization; guests and viewers may only read. */
    PUBLIC,
    /** All members of the organization except guests and viewers. */
    ORGANIZATION,
    /** Explicit members only. */
    PRIVATE;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Visibility of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
