package io.thespace.workflow.run;

import jakarta.annotation.Nullable;
import java.util.UUID;

/** The data of the events {@code workflow_started}, {@code workflow_waiting}, {@code workflow_completed}, {@code workflow_failed} and {@code workflow_cancelled}. */
public record WorkflowHappened(UUID runId, String workflowId, int version, String state, @Nullable String cause) {

    static WorkflowHappened of(RunView run) {
        return new WorkflowHappened(run.runId(), run.workflowId(), run.version(), run.state(), run.cause());
    }
}
