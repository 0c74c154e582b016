package io.thespace.workflow;

import jakarta.annotation.Nullable;
import java.util.UUID;

/**
 * An element of a workflow that runs pass: what it is, and what it is to do. Members that its kind has no use for are null.
 *
 * @param element its id in the document
 * @param action which action of which plugin, as {@code plugin.action}
 * @param event the type of the event that is published
 * @param input the expression whose object the step gets
 * @param subject the expression of the event's subject
 * @param attempts how often a failing step is tried
 * @param retryWait how long until the next attempt, an ISO 8601 duration
 * @param role the least role of those who may do a task, {@code user} or {@code admin}
 * @param assignee the user whose task it is
 * @param due when a task is due after its beginning, an ISO 8601 duration
 * @param timer an ISO 8601 duration, or a time
 * @param attachedTo the element whose time or failure this event catches
 * @param errorCode which failures it catches; null for all
 */
record StepModel(
        String element,
        @Nullable String name,
        Kind kind,
        @Nullable String action,
        @Nullable String event,
        @Nullable String input,
        @Nullable String subject,
        @Nullable Integer attempts,
        @Nullable String retryWait,
        @Nullable String role,
        @Nullable UUID assignee,
        @Nullable String due,
        @Nullable String timer,
        @Nullable String attachedTo,
        @Nullable String errorCode) {

    /** What an element is. */
    enum Kind {
        START("startEvent"),
        END("endEvent"),
        TERMINATE("terminateEndEvent"),
        SERVICE("serviceTask"),
        TASK("userTask"),
        EXCLUSIVE("exclusiveGateway"),
        PARALLEL("parallelGateway"),
        TIMER("timerEvent"),
        BOUNDARY_TIMER("boundaryTimerEvent"),
        BOUNDARY_ERROR("boundaryErrorEvent");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As it stands in a run's history. */
        String text() {
            return text;
        }

        boolean gateway() {
            return this == EXCLUSIVE || this == PARALLEL;
        }

        boolean boundary() {
            return this == BOUNDARY_TIMER || this == BOUNDARY_ERROR;
        }
    }

    /** Whether a run waits here for a person or a time. */
    boolean waits() {
        return kind == Kind.TASK || kind == Kind.TIMER;
    }
}
