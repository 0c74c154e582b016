package io.thespace.workflow.run;

import java.util.Locale;

/** The state of a run. */
public enum RunState {
    /** A step is being done. */
    RUNNING,
    /** It waits for a person, an event or a time. */
    WAITING,
    COMPLETED,
    /** A step failed for good; the run can be retried or cancelled. */
    FAILED,
    CANCELLED;

    /** As it stands in JSON and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    boolean over() {
        return this == COMPLETED || this == CANCELLED;
    }
}
