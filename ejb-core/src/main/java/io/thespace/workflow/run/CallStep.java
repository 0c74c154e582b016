package io.thespace.workflow.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.identity.access.Authentication;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import io.thespace.workflow.EngineModel;
import io.thespace.workflow.EngineNode;
import io.thespace.workflow.WorkflowError;
import io.thespace.workflow.document.Seen;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.run.ChildTables.Step;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.flowable.engine.ManagementService;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.impl.delegate.TriggerableJavaDelegate;
import org.flowable.engine.impl.util.CommandContextUtil;

/**
 * Starts a run of another workflow, as the user who started the run, and ends when that run ends. The start commits
 * with the step's record; the end of the run wakes the step ({@link ChildRuns#ended}), which then reads the state of
 * the run. When a step that has failed with its run is retried, it retries the failed steps of that run, or starts
 * another run if that one was cancelled.
 */
@ApplicationScoped
public class CallStep implements JavaDelegate, TriggerableJavaDelegate {

    /** A visit of a step. */
    private record Visit(Actor platform, RunView run, StepModel model, Step step) {}

    private RunTables runs;
    private ChildTables children;
    private ChildRuns starts;
    private RunChanges changes;
    private Authentication authentication;
    private EngineNode node;

    CallStep() {}

    @Inject
    CallStep(
            RunTables runs,
            ChildTables children,
            ChildRuns starts,
            RunChanges changes,
            Authentication authentication,
            EngineNode node) {
        this.runs = runs;
        this.children = children;
        this.starts = starts;
        this.changes = changes;
        this.authentication = authentication;
        this.node = node;
    }

    @Override
    public void execute(DelegateExecution execution) {
        visit(execution, visit -> {
            Seen seen = seen(visit);
            UUID child = start(visit, seen);
            if (!visit.model().awaitsRun()) {
                ended(
                        visit,
                        seen,
                        visit.model().data() == null
                                ? Json.MAPPER.createObjectNode().put("run_id", child.toString())
                                // DSL 1.0, "Run": a task that does not wait has its input as its output.
                                : seen.data());
            }
        });
    }

    @Override
    public void trigger(TriggerableJavaDelegate.Context context) {
        visit(context.getExecution(), visit -> {
            UUID child = children.of(visit.platform(), visit.step()).orElseThrow();
            RunState state = children.lock(visit.platform(), child);
            boolean again = begin(visit, child);
            switch (state) {
                case COMPLETED ->
                    ended(
                            visit,
                            seen(visit),
                            runs.run(visit.platform(), child).orElseThrow().output());
                case FAILED, CANCELLED -> {
                    if (!again) {
                        throw failure(runs.run(visit.platform(), child).orElseThrow());
                    }
                    if (state == RunState.CANCELLED) {
                        start(visit, seen(visit));
                    } else {
                        changes.retry(management(), visit.platform(), child);
                    }
                    waits(visit, context);
                }
                default -> waits(visit, context);
            }
        });
    }

    /** Begins another attempt, if the one before has failed. */
    private boolean begin(Visit visit, UUID child) {
        Step step = visit.step();
        if (runs.attempt(visit.platform(), step).isPresent()) {
            return false;
        }
        runs.stepBegan(visit.platform(), step.runId(), visit.model(), step.execution(), node.name(), Instant.now());
        children.stepHas(visit.platform(), step, child, false);
        return true;
    }

    private void waits(Visit visit, TriggerableJavaDelegate.Context context) {
        UUID child = children.of(visit.platform(), visit.step()).orElseThrow();
        children.stepHas(visit.platform(), visit.step(), child, true);
        runs.runGoesOn(visit.platform(), visit.step().runId(), RunState.WAITING);
        // A failed attempt has made it inactive; the end of the whole run reports as cancelled only what is active.
        context.getExecution().setActive(true);
        context.doNotLeave();
    }

    private UUID start(Visit visit, Seen seen) {
        Step step = visit.step();
        ObjectNode input = ServiceStep.input(visit.model(), seen);
        Actor actor =
                authentication.onBehalfOf(visit.platform(), visit.run().startedBy(), RunTables.requestId(step.runId()));
        String key = ServiceStep.key(runs, visit.platform(), step.runId(), visit.model());
        UUID child = starts.start(actor, step.runId(), visit.model().call(), key, input);
        runs.stepHad(visit.platform(), step.runId(), step.execution(), step.element(), input, null);
        children.stepHas(visit.platform(), step, child, visit.model().awaitsRun());
        return child;
    }

    private void ended(Visit visit, Seen seen, JsonNode output) {
        Step step = visit.step();
        runs.stepHad(
                visit.platform(),
                step.runId(),
                step.execution(),
                step.element(),
                null,
                ServiceStep.as(visit.model(), seen, output));
    }

    private static Rejection failure(RunView child) {
        return child.state().equals(RunState.CANCELLED.text())
                ? new Rejection(
                        WorkflowError.CHILD_RUN_CANCELLED,
                        "The run %s of the workflow %s was cancelled.".formatted(child.runId(), child.workflowId()))
                : new Rejection(
                        WorkflowError.CHILD_RUN_FAILED,
                        "The run %s of the workflow %s has failed%s"
                                .formatted(
                                        child.runId(),
                                        child.workflowId(),
                                        child.cause() == null ? "." : ": " + child.cause()));
    }

    private Seen seen(Visit visit) {
        return RunData.seen(runs, visit.platform(), visit.step().runId(), visit.model());
    }

    private static ManagementService management() {
        return CommandContextUtil.getProcessEngineConfiguration().getManagementService();
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private void visit(DelegateExecution execution, Consumer<Visit> work) {
        ServiceStep.raiseCaught(execution);
        UUID org = UUID.fromString(execution.getTenantId());
        UUID runId = UUID.fromString(execution.getProcessInstanceId());
        StepModel model = EngineModel.step(execution.getCurrentFlowElement());
        try (Tenant tenant = Tenant.bind(org)) {
            Actor platform = Actor.platform(org, "workflow");
            work.accept(new Visit(
                    platform,
                    runs.run(platform, runId).orElseThrow(),
                    model,
                    new Step(runId, execution.getId(), model.element())));
        } catch (RuntimeException e) {
            throw new StepFailure(e);
        }
    }
}
