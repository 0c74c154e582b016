package io.thespace.workflow.task;

import java.util.Locale;

/** How a task stands. */
public enum TaskState {
    OPEN,
    COMPLETED,
    /** The run went on without it. */
    CANCELLED;

    /** As it stands in JSON and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
