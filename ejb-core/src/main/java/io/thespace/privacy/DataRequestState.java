package io.thespace.privacy;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The state of a data request, with its transitions. */
public enum DataRequestState {
    /** Some node will take it. */
    QUEUED,
    /** A legal hold keeps it. */
    HELD,
    /** A node works on it. */
    RUNNING,
    /** All is done that can be done; it is tried again whether the rest can. */
    BLOCKED,
    COMPLETED;

    private Set<DataRequestState> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(RUNNING, HELD);
            case HELD -> EnumSet.of(QUEUED);
            case RUNNING -> EnumSet.of(RUNNING, HELD, BLOCKED, COMPLETED);
            case BLOCKED -> EnumSet.of(RUNNING, HELD);
            case COMPLETED -> EnumSet.noneOf(DataRequestState.class);
        };
    }

    /** Whether the transition is allowed. */
    boolean leadsTo(DataRequestState there) {
        return next().contains(there);
    }

    /** Its form in the database and on the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DataRequestState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
