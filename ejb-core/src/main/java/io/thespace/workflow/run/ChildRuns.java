package io.thespace.workflow.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.WorkflowError;
import io.thespace.workflow.document.StepModel.Call;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.flowable.engine.RuntimeService;

/** Runs that steps of other runs start, in the transaction of the caller. */
@ApplicationScoped
class ChildRuns {

    /** The prefix of the trigger of a run started by a step; the step's idempotency key follows. */
    private static final String BY_STEP = "step:";

    private RunTables runs;
    private ChildTables children;
    private RunStarts starts;

    ChildRuns() {}

    @Inject
    ChildRuns(RunTables runs, ChildTables children, RunStarts starts) {
        this.runs = runs;
        this.children = children;
        this.starts = starts;
    }

    /**
     * Starts the run for a step; its steps act as the actor.
     *
     * @param key the step's idempotency key
     * @throws Rejection {@code WORKFLOW_NOT_FOUND}, {@code WORKFLOW_DISABLED}, {@code INVALID_RUN_INPUT},
     *     {@code CHILD_RUNS_TOO_DEEP}
     */
    UUID start(Actor actor, UUID parent, Call call, String key, ObjectNode input) {
        int version = starts.version(actor, call.workflow(), call.version(), input);
        int depth = runs.depth(actor, parent).orElseThrow() + 1;
        if (depth > RunStarts.MAX_DEPTH) {
            throw new Rejection(
                    WorkflowError.CHILD_RUNS_TOO_DEEP,
                    "The run of the workflow %s would exceed the maximum depth of %d runs that start each other."
                                    .formatted(call.workflow(), RunStarts.MAX_DEPTH)
                            + " Check that recursive workflows terminate.");
        }
        String trigger = BY_STEP + key + ":";
        long earlier = children.count(actor, parent, trigger);
        return starts.start(
                        actor,
                        new RunStarts.Start(
                                call.workflow(), version, input, actor.userId(), trigger + earlier, depth, parent))
                .orElseThrow(() -> new IllegalStateException("Another node has started the run of this step"));
    }

    /** Wakes the step that waits for a run, which has ended or failed. */
    void ended(RuntimeService runtime, Actor actor, UUID child) {
        children.goesOn(actor, child).ifPresent(runtime::triggerAsync);
    }
}
