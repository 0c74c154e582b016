package io.thespace.workflow.document;

import jakarta.annotation.Nullable;
import java.util.UUID;

/**
 * An element of a workflow that runs pass: what it is, and what it is to do. Members that its kind has no use for are null.
 *
 * @param element its id in the document
 * @param action which action of which plugin, as {@code plugin.action}
 * @param event the type of the event that is published
 * @param http the method and the path of a request by the gateway's routes
 * @param asksModel whether a language model is asked
 * @param call which workflow a run is started of
 * @param input the expression whose object the step gets
 * @param subject the expression of the event's subject
 * @param attempts how often a failing step is tried
 * @param retryWait how long until the next attempt, an ISO 8601 duration
 * @param role the least role of those who may do a task, {@code user} or {@code admin}
 * @param excludesStarter whether a task is not for who started the run
 * @param assignee the user whose task it is
 * @param due when a task is due after its beginning, an ISO 8601 duration
 * @param timer an ISO 8601 duration, or a time
 * @param attachedTo the element whose time or failure this event catches
 * @param errorCode which failures it catches; null for all
 * @param awaited which events start a run, or let it go on
 * @param computes whether the value of its input is all that the step comes to
 * @param raises whether it fails with the error that its input describes
 * @param data how data come to the step in a Serverless Workflow document; null in BPMN
 * @param caught which errors a boundary event catches, or after which ones a step is tried again, in a Serverless Workflow
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
     * Which events start a run, or let it go on.
     *
     * @param source who publishes them; null for any
     * @param subject the expression, over what the run has, of the subject that they must have; null for a start
     * @param when the expression, over the event, that must be true; null for none
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

    /** What an element is. */
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
