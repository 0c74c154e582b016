package io.thespace.workflow;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of workflows, in the order of the checks. */
public enum WorkflowError implements ErrorCode {
    WORKFLOW_NOT_FOUND(Kind.NOT_FOUND, "There is no such workflow in this organization."),
    WORKFLOW_EXISTS(Kind.CONFLICT, "There is a workflow with this id already."),
    WORKFLOW_ID_DIFFERS(Kind.INVALID, "The document's id is not that of the workflow."),
    TOO_MANY_WORKFLOWS(Kind.CONFLICT, "The organization has the maximum number of workflows."),
    WORKFLOW_DISABLED(Kind.CONFLICT, "The workflow is disabled."),
    INVALID_RUN_INPUT(Kind.INVALID, "The input is larger than that of a run may be."),
    CHILD_RUNS_TOO_DEEP(Kind.CONFLICT, "The chain of runs that started each other exceeds the maximum depth."),
    CHILD_RUN_FAILED(Kind.CONFLICT, "The run that a step has started and waits for has failed."),
    CHILD_RUN_CANCELLED(Kind.CONFLICT, "The run that a step has started and waits for was cancelled."),
    RUN_NOT_FOUND(Kind.NOT_FOUND, "There is no such run in this organization."),
    RUN_OVER(Kind.CONFLICT, "The run is completed or cancelled."),
    RUN_NOT_FAILED(Kind.CONFLICT, "The run has not failed."),
    RUN_NOT_WAITING(Kind.CONFLICT, "The run waits for no event there."),
    RUN_NOT_RESETTABLE(Kind.CONFLICT, "The run cannot go back to that step."),
    TASK_NOT_FOUND(Kind.NOT_FOUND, "There is no such task for this user."),
    TASK_CLOSED(Kind.CONFLICT, "The task is completed or cancelled."),
    TASK_CLAIMED(Kind.CONFLICT, "Another user has claimed the task."),
    INVALID_ASSIGNEE(
            Kind.INVALID, "The assignee is not an active user of this organization, or may not complete the task."),
    WORKFLOWS_UNAVAILABLE(Kind.UNAVAILABLE, "The workflow engine is starting or stopping.");

    private final Kind kind;
    private final String summary;

    WorkflowError(Kind kind, String summary) {
        this.kind = kind;
        this.summary = summary;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String summary() {
        return summary;
    }

    /** Refusals of an endpoint. */
    @Refusals
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Refuses {
        WorkflowError[] value();
    }
}
