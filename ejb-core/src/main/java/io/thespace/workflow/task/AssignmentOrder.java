package io.thespace.workflow.task;

import java.util.UUID;

/**
 * A task is to be another user's.
 *
 * @param assignee the user; null gives the task back to all of its role
 */
public record AssignmentOrder(UUID assignee) {

    /** For the documentation. */
    public static final AssignmentOrder EXAMPLE =
            new AssignmentOrder(UUID.fromString("0192bda5-0000-7000-8000-000000000002"));
}
