package io.thespace.workflow.document;

import jakarta.annotation.Nullable;
import java.util.UUID;

/**
 * An element of a workflow: its kind and its definition. Members that do not apply to its kind are null.
 *
 * @param element its id in the document
 * @param action the action to call, as {@code plugin.action}
 * @param event the type of the event that is published
 * @param http the method and the path of a request through the gateway's routes
 * @param asksModel whether it calls a language model
 * @param call the workflow of which it starts a run
 * @param input the expression of the step's input, an object
 * @param subject the expression of the event's subject
 * @param attempts the maximum of attempts of a failing step
 * @param retryWait the delay before the next attempt, an ISO 8601 duration
 * @param role the minimum role for completing a task, {@code user} or {@code admin}
 * @param excludesStarter whether the user who started the run may not complete the task
 * @param assignee the user to whom the task is assigned
 * @param due the time limit of a task from its beginning, an ISO 8601 duration
 * @param timer an ISO 8601 duration, or a time
 * @param attachedTo the element whose time or failure this event catches
 * @param errorCode the error code that it catches; null for all
 * @param awaited the events that start a run, or let it continue
 * @param computes whether the value of its input is the step's output
 * @param raises whether it fails with the error that its input describes
 * @param data the data flow of a Serverless Workflow document; null in BPMN
 * @param caught the errors that a boundary event catches, or after which a step is retried, in a Serverless Workflow
 *     document; null in BPMN
 */
public record StepModel(
        String element,
        @Nullable String name,
        Kind kind,
        @Nullable String action,
        @Nullable String event,
        @Nullable Http http,
        @Nullable Boolean asksModel,
        @Nullable Call call,
        @Nullable String input,
        @Nullable String subject,
        @Nullable Integer attempts,
        @Nullable String retryWait,
        @Nullable String role,
        @Nullable Boolean excludesStarter,
        @Nullable UUID assignee,
        @Nullable String due,
        @Nullable String timer,
        @Nullable String attachedTo,
        @Nullable String errorCode,
        @Nullable Awaited awaited,
        @Nullable Boolean computes,
        @Nullable Boolean raises,
        @Nullable DataFlow data,
        @Nullable Caught caught) {

    /**
     * The events that start a run, or let it continue.
     *
     * @param source the publisher; null for any
     * @param subject the expression, over the run's data, of the required subject; null for a start
     * @param when the condition, over the event; null for none
     */
    public record Awaited(String type, @Nullable String source, @Nullable String subject, @Nullable String when) {}

    /**
     * A request by the gateway's routes.
     *
     * @param path the expression of the path behind the gateway's own, with a query if need be
     */
    public record Http(String method, String path) {}

    /**
     * A run of another workflow that the step starts.
     *
     * @param version of the workflow; null for the latest when the run starts
     * @param awaited whether the step ends when the run has ended; else when it has started
     */
    public record Call(String workflow, @Nullable Integer version, boolean awaited) {}

    /**
     * Errors that a {@code try} task catches. The first five are compared with the error's own; null for any.
     *
     * @param variable the name by which expressions see the error
     * @param when the expression that must be true; null for none
     * @param exceptWhen the expression that must not be true; null for none
     */
    public record Caught(
            @Nullable String type,
            @Nullable Integer status,
            @Nullable String title,
            @Nullable String detail,
            @Nullable String instance,
            String variable,
            @Nullable String when,
            @Nullable String exceptWhen) {}

    /** The kind of an element. */
    public enum Kind {
        START("startEvent"),
        END("endEvent"),
        TERMINATE("terminateEndEvent"),
        SERVICE("serviceTask"),
        CALL("callActivity"),
        TASK("userTask"),
        EXCLUSIVE("exclusiveGateway"),
        PARALLEL("parallelGateway"),
        TIMER("timerEvent"),
        EVENT("messageEvent"),
        BOUNDARY_TIMER("boundaryTimerEvent"),
        BOUNDARY_ERROR("boundaryErrorEvent");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As it stands in a run's history. */
        public String text() {
            return text;
        }

        public boolean gateway() {
            return this == EXCLUSIVE || this == PARALLEL;
        }

        public boolean boundary() {
            return this == BOUNDARY_TIMER || this == BOUNDARY_ERROR;
        }
    }

    /** Whether a run waits here for a person, a time, an event or another run. */
    public boolean waits() {
        return kind == Kind.TASK || kind == Kind.TIMER || kind == Kind.EVENT || awaitsRun();
    }

    /** Whether a run waits here for the end of a run that it has started. */
    public boolean awaitsRun() {
        return call != null && call.awaited();
    }
}
