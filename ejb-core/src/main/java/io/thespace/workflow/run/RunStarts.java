package io.thespace.workflow.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.event.Outbox;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import io.thespace.workflow.RunningEngine;
import io.thespace.workflow.WorkflowError;
import io.thespace.workflow.WorkflowTables;
import io.thespace.workflow.WorkflowView;
import io.thespace.workflow.Workflows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Starts runs, in the transaction of the caller. */
@ApplicationScoped
public class RunStarts {

    /**
     * The maximum depth of a chain of runs, each started by a step of the previous one, or by an event of such a step:
     * a workflow that starts itself would never end. Each was started by a step of the one before, or by an event that
     * such a step caused: a workflow that starts itself would never end.
     */
    public static final int MAX_DEPTH = 8;

    /** The prefix of the trigger of a run started by an event. */
    static final String BY_EVENT = "event:";

    /**
     * A run to start.
     *
     * @param forUser the user for whom the steps act; null when that user was erased, in which case the first step
     *     fails
     * @param trigger identifies the cause and is unique per workflow; null for a call
     * @param depth the number of its ancestors
     * @param parent the run whose step starts it; null for none
     */
    public record Start(
            String workflow, int version, JsonNode input, UUID forUser, String trigger, int depth, UUID parent) {}

    private WorkflowTables workflows;
    private RunTables runs;
    private RunningEngine engine;
    private Outbox outbox;

    RunStarts() {}

    @Inject
    RunStarts(WorkflowTables workflows, RunTables runs, RunningEngine engine, Outbox outbox) {
        this.workflows = workflows;
        this.runs = runs;
        this.engine = engine;
        this.outbox = outbox;
    }

    /** Whether a run has not ended whose trigger begins with this and a colon. */
    public boolean underWay(Actor actor, String workflow, String trigger) {
        return runs.underWay(actor, workflow, trigger + ":");
    }

    /**
     * The version that a new run has.
     *
     * @param number of a version; null for the latest
     * @throws Rejection {@code WORKFLOW_NOT_FOUND}, {@code WORKFLOW_DISABLED}, {@code INVALID_RUN_INPUT}
     */
    int version(Actor actor, String workflow, Integer number, JsonNode input) {
        WorkflowView view = workflows.workflow(actor, workflow).orElseThrow(() -> Workflows.notFound(workflow));
        if (!view.status().equals("active")) {
            throw new Rejection(
                    WorkflowError.WORKFLOW_DISABLED,
                    "The workflow %s is disabled. Put a new version of it first.".formatted(workflow));
        }
        if (number != null && number > view.version()) {
            throw new Rejection(
                    WorkflowError.WORKFLOW_NOT_FOUND,
                    "The workflow %s has no version %d; the latest is %d.".formatted(workflow, number, view.version()));
        }
        if (input.toString().length() > Runs.MAX_INPUT) {
            String sentence = "may have at most %d characters of JSON".formatted(Runs.MAX_INPUT);
            throw new Rejection(
                    WorkflowError.INVALID_RUN_INPUT,
                    "input " + sentence + ".",
                    List.of(new FieldError("input", "LENGTH", sentence)));
        }
        return number == null ? view.version() : number;
    }

    /** The run; empty when the trigger has started one of this workflow already. */
    public Optional<UUID> start(Actor actor, Start start) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        if (!runs.addRun(actor, id, start, Instant.now())) {
            return Optional.empty();
        }
        String definition = workflows
                .engineDefinition(actor, start.workflow(), start.version())
                .orElseThrow();
        engine.get()
                .getRuntimeService()
                .createProcessInstanceBuilder()
                .processDefinitionId(definition)
                .predefineProcessInstanceId(id.toString())
                .startAsync();
        RunView run = runs.run(actor, id).orElseThrow();
        outbox.publish(
                actor,
                WorkflowEventTypes.SOURCE,
                WorkflowEventTypes.STARTED,
                start.workflow(),
                WorkflowHappened.of(run));
        return Optional.of(id);
    }
}
