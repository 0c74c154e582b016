package io.thespace.workflow.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.workflow.EngineModel;
import io.thespace.workflow.RunningEngine;
import io.thespace.workflow.WorkflowError;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.runtime.Execution;

/** The runs of the organization's workflows. */
@Stateless
public class Runs {

    /** The maximum size of a run's input, in characters of JSON. */
    public static final int MAX_INPUT = 100_000;

    private static final int MAX_EXECUTIONS = 1000;

    @Inject
    RunTables runs;

    @Inject
    WaitTables waits;

    @Inject
    RunStarts starts;

    @Inject
    RunningEngine engine;

    @Inject
    RunChanges changes;

    @Inject
    ChildRuns children;

    /**
     * Starts a run of the latest version; its steps act as the actor.
     *
     * @throws Rejection {@code WORKFLOW_NOT_FOUND}, {@code WORKFLOW_DISABLED}, {@code INVALID_RUN_INPUT}
     */
    public RunView start(Actor actor, String workflow, RunOrder order) {
        return start(
                actor, workflow, Json.MAPPER.<JsonNode>valueToTree(order.input() == null ? Map.of() : order.input()));
    }

    /**
     * Starts a run of the latest version; its steps act as the actor.
     *
     * @param input an object
     * @throws Rejection {@code WORKFLOW_NOT_FOUND}, {@code WORKFLOW_DISABLED}, {@code INVALID_RUN_INPUT}
     */
    public RunView start(Actor actor, String workflow, JsonNode input) {
        int version = starts.version(actor, workflow, null, input);
        UUID id = starts.start(actor, new RunStarts.Start(workflow, version, input, actor.userId(), null, 0, null))
                .orElseThrow();
        return find(actor, id);
    }

    /** The runs, the newest first; null members don't filter. */
    public Page<RunView> list(Actor actor, String workflow, RunState state, PageRequest page) {
        return Page.of(runs.runs(actor, workflow, state, page), page.limit(), run -> run.runId()
                .toString());
    }

    /**
     * Returns a run with its current steps: administrators may read each, others those that they started.
     *
     * @throws Rejection {@code RUN_NOT_FOUND}
     */
    public RunView find(Actor actor, UUID id) {
        return runs.run(actor, id)
                .filter(run -> actor.role() == Role.ADMIN || actor.userId().equals(run.startedBy()))
                .map(run -> run.at(runs.currentSteps(actor, id)))
                .orElseThrow(Runs::notFound);
    }

    /**
     * Returns the steps of a run, in the order of their beginnings.
     *
     * @throws Rejection {@code RUN_NOT_FOUND}
     */
    public Page<RunStepView> history(Actor actor, UUID id, PageRequest page) {
        find(actor, id);
        long after = page.after().map(Long::valueOf).orElse(0L);
        return Page.of(
                runs.steps(actor, id, after, page.limit() + 1), page.limit(), step -> Long.toString(step.number()));
    }

    /**
     * Cancels a run: what is under way of it ends, with the runs that it waits for, and what it has done stays. A step that waits
     * for it fails.
     *
     * @throws Rejection {@code RUN_NOT_FOUND}, {@code RUN_OVER}
     */
    public RunView cancel(Actor actor, UUID id) {
        open(actor, id);
        RuntimeService runtime = engine.get().getRuntimeService();
        changes.cancel(runtime, actor, id);
        children.ended(runtime, actor, id);
        return find(actor, id);
    }

    /**
     * Does the failed steps of a run again, with as many attempts as at first.
     *
     * @throws Rejection {@code RUN_NOT_FOUND}, {@code RUN_OVER}, {@code RUN_NOT_FAILED}
     */
    public RunView retry(Actor actor, UUID id) {
        if (open(actor, id) != RunState.FAILED) {
            throw new Rejection(WorkflowError.RUN_NOT_FAILED, "The run has not failed, so there is nothing to retry.");
        }
        changes.retry(engine.get().getManagementService(), actor, id);
        return find(actor, id);
    }

    /**
     * Continues a run that waits for an event, as if it had occurred.
     *
     * @throws Rejection {@code RUN_NOT_FOUND}, {@code RUN_OVER}, {@code RUN_NOT_WAITING}
     */
    public RunView signal(Actor actor, UUID id, SignalOrder order) {
        open(actor, id);
        List<WaitTables.Wait> there = waits.ofRun(actor, id).stream()
                .filter(wait -> order.element() == null || wait.element().equals(order.element()))
                .toList();
        if (there.size() != 1) {
            throw new Rejection(
                    WorkflowError.RUN_NOT_WAITING,
                    there.isEmpty()
                            ? "The run waits for no event there."
                            : "The run waits for %d events. Name the element of one.".formatted(there.size()));
        }
        WaitTables.Wait wait = there.get(0);
        JsonNode output = Json.MAPPER.valueToTree(order.output() == null ? Map.of() : order.output());
        waits.remove(actor, wait.execution());
        runs.stepHad(actor, id, wait.execution(), wait.element(), null, output);
        engine.get().getRuntimeService().triggerAsync(wait.execution());
        return find(actor, id);
    }

    /**
     * Continues a run from a step that it has completed before. Effects since then are not undone, and steps that the
     * run passes again are repeated. Not for workflows with parallel branches.
     *
     * @throws Rejection {@code RUN_NOT_FOUND}, {@code RUN_OVER}, {@code RUN_NOT_RESETTABLE}
     */
    public RunView reset(Actor actor, UUID id, ResetOrder order) {
        open(actor, id);
        RuntimeService runtime = engine.get().getRuntimeService();
        List<Execution> current = executions(id);
        if (current.size() != 1 || runs.passedParallel(actor, id)) {
            throw new Rejection(
                    WorkflowError.RUN_NOT_RESETTABLE, "The run has parallel branches, so it cannot go back.");
        }
        if (!runs.completed(actor, id, order.element())) {
            throw new Rejection(
                    WorkflowError.RUN_NOT_RESETTABLE,
                    "The run has not completed a step %s. GET /api/system/runs/{id}/history lists its steps."
                            .formatted(order.element()));
        }
        changes.cancelAwaited(runtime, actor, id);
        runs.stepsCancelled(actor, id, Instant.now());
        // Before the engine continues, which reports when the run starts to wait.
        runs.runRecovers(actor, id);
        runs.runGoesOn(actor, id, RunState.RUNNING);
        runtime.createChangeActivityStateBuilder()
                .processInstanceId(id.toString())
                .moveExecutionToActivityId(current.get(0).getId(), order.element())
                .changeState();
        return find(actor, id);
    }

    /** The current executions of a run, without those that only wait at a step for its time limit or failure. */
    private List<Execution> executions(UUID id) {
        List<Execution> children = engine.get()
                .getRuntimeService()
                .createExecutionQuery()
                .processInstanceId(id.toString())
                .onlyChildExecutions()
                .listPage(0, MAX_EXECUTIONS);
        return children.stream()
                .filter(execution -> execution.getActivityId() != null)
                .filter(execution -> !EngineModel.step(engine.get()
                                .getRepositoryService()
                                .getBpmnModel(((ExecutionEntity) execution).getProcessDefinitionId())
                                .getFlowElement(execution.getActivityId()))
                        .kind()
                        .boundary())
                .toList();
    }

    private RunState open(Actor actor, UUID id) {
        RunState state = runs.lockRun(actor, id).orElseThrow(Runs::notFound);
        if (state.over()) {
            throw new Rejection(WorkflowError.RUN_OVER, "The run is %s.".formatted(state.text()));
        }
        return state;
    }

    static Rejection notFound() {
        return new Rejection(WorkflowError.RUN_NOT_FOUND, "There is no run with this id in your organization.");
    }
}
