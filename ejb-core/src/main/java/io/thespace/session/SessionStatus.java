package io.thespace.session;

import java.util.Locale;

/** The status of a session; all but active are final. */
public enum SessionStatus {
    ACTIVE,
    /** Terminated by a user or client. */
    TERMINATED,
    /** It was silent for too long. */
    TIMED_OUT;

    /** Its form in the database and on the wire. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
