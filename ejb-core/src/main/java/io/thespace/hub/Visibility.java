package io.thespace.hub;

import java.util.Locale;

/** Who may use a channel without being one of its members. */
public enum Visibility {
    /** Everybody in the organization; guests and viewers read only. */
    PUBLIC,
    /** Everybody in the organization but its guests and viewers. */
    ORGANIZATION,
    /** Nobody. */
    PRIVATE;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Visibility of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
