package io.thespace.session;

import java.util.Locale;

/** How a session stands; what is not active has ended for ever. */
public enum SessionStatus {
    ACTIVE,
    /** Somebody ended it. */
    TERMINATED,
    /** It was silent for too long. */
    TIMED_OUT;

    /** Its form in the database and on the wire. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
