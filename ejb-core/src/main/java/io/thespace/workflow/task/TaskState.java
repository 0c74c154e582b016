package io.thespace.workflow.task;

import java.util.Locale;

/** The state of a task. */
public enum TaskState {
    OPEN,
    COMPLETED,
    /** The run continued without it. */
    CANCELLED;

    /** As it stands in JSON and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
