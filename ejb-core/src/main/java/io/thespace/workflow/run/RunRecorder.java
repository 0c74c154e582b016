package io.thespace.workflow.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.event.EventView;
import io.thespace.event.Outbox;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import io.thespace.workflow.EngineModel;
import io.thespace.workflow.EngineNode;
import io.thespace.workflow.document.DocumentError;
import io.thespace.workflow.document.Expressions;
import io.thespace.workflow.document.Seen;
import io.thespace.workflow.document.StepModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEntityEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.common.engine.api.delegate.event.FlowableEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEventListener;
import org.flowable.common.engine.api.delegate.event.FlowableEventType;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.delegate.event.FlowableActivityCancelledEvent;
import org.flowable.engine.delegate.event.FlowableActivityEvent;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.engine.impl.util.ProcessDefinitionUtil;
import org.flowable.task.service.impl.persistence.entity.TaskEntity;

/** Records what the engine does, in the engine's own transaction. */
@ApplicationScoped
public class RunRecorder implements FlowableEventListener {

    private static final Set<FlowableEngineEventType> TYPES = Set.of(
            FlowableEngineEventType.ACTIVITY_STARTED,
            FlowableEngineEventType.ACTIVITY_COMPLETED,
            FlowableEngineEventType.ACTIVITY_CANCELLED,
            FlowableEngineEventType.TASK_CREATED,
            FlowableEngineEventType.PROCESS_COMPLETED,
            FlowableEngineEventType.PROCESS_COMPLETED_WITH_TERMINATE_END_EVENT);

    private RunTables runs;
    private WaitTables waits;
    private RunChanges changes;
    private ChildRuns children;
    private Outbox outbox;
    private EngineNode node;

    RunRecorder() {}

    @Inject
    RunRecorder(
            RunTables runs, WaitTables waits, RunChanges changes, ChildRuns children, Outbox outbox, EngineNode node) {
        this.runs = runs;
        this.waits = waits;
        this.changes = changes;
        this.children = children;
        this.outbox = outbox;
        this.node = node;
    }

    @Override
    public Collection<? extends FlowableEventType> getTypes() {
        return TYPES;
    }

    @Override
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public void onEvent(FlowableEvent event) {
        if (event instanceof FlowableActivityEvent activity) {
            ExecutionEntity run = run(activity.getProcessInstanceId());
            try (Tenant tenant = Tenant.bind(org(run))) {
                activity((FlowableEngineEventType) event.getType(), activity, run);
            }
        } else if (event instanceof FlowableEngineEntityEvent entity
                && event.getType() == FlowableEngineEventType.TASK_CREATED) {
            task((TaskEntity) entity.getEntity());
        } else if (event instanceof FlowableEngineEntityEvent entity) {
            ended((ExecutionEntity) entity.getEntity());
        }
    }

    private void activity(FlowableEngineEventType type, FlowableActivityEvent activity, ExecutionEntity run) {
        Actor platform = platform(run);
        UUID runId = UUID.fromString(run.getId());
        Instant now = Instant.now();
        switch (type) {
            case ACTIVITY_STARTED -> {
                ExecutionEntity execution = execution(activity.getExecutionId());
                StepModel step = EngineModel.step(execution.getCurrentFlowElement());
                if (step != null) {
                    runs.stepBegan(platform, runId, step, activity.getExecutionId(), node.name(), now);
                    if (step.kind() == StepModel.Kind.EVENT) {
                        await(platform, runId, step, activity.getExecutionId());
                    }
                    comeTo(platform, runId, step);
                }
            }
            case ACTIVITY_COMPLETED -> completed(platform, runId, activity, now);
            default -> {
                waits.remove(platform, activity.getExecutionId());
                waits.cancelTask(platform, runId, activity.getActivityId(), now);
                // Before the step's own row is locked: the end of that run locks them in this order.
                changes.cancelAwaited(
                        runtime(),
                        platform,
                        new ChildTables.Step(runId, activity.getExecutionId(), activity.getActivityId()));
                String cause = cause(activity);
                runs.stepEnded(
                        platform, runId, activity.getExecutionId(), activity.getActivityId(), "cancelled", cause, now);
            }
        }
    }

    private void comeTo(Actor platform, UUID runId, StepModel step) {
        if (step.waits()) {
            boolean other = runs.runGoesOn(platform, runId, RunState.WAITING);
            // A failed run stays failed, and its other branches do not come to this step again after a retry.
            if ((step.kind() == StepModel.Kind.TASK || step.kind() == StepModel.Kind.EVENT)
                    && (other || runs.hasFailed(platform, runId))) {
                publish(platform, runId, WorkflowEventTypes.WAITING);
            }
        } else if (step.kind() == StepModel.Kind.SERVICE || step.kind() == StepModel.Kind.CALL) {
            runs.runGoesOn(platform, runId, RunState.RUNNING);
        } else {
            runs.runPasses(platform, runId);
        }
    }

    /** The engine reports only the completion of a boundary event. */
    private void completed(Actor platform, UUID runId, FlowableActivityEvent activity, Instant now) {
        String execution = activity.getExecutionId();
        String element = activity.getActivityId();
        if (runs.stepEnded(platform, runId, execution, element, "completed", null, now)) {
            return;
        }
        StepModel step = EngineModel.step(execution(execution).getCurrentFlowElement());
        if (step != null && step.kind().boundary()) {
            if (noneFailed(runId)) {
                runs.runRecovers(platform, runId);
            }
            runs.stepBegan(platform, runId, step, execution, node.name(), now);
            if (step.caught() != null) {
                runs.latestFailure(platform, runId, step.attachedTo())
                        .ifPresent(error -> runs.stepHad(platform, runId, execution, element, null, error));
            }
            runs.stepEnded(platform, runId, execution, element, "completed", null, now);
        }
    }

    /** Whether no step of the run waits for a retry by hand; the engine may not have removed yet what it has left. */
    private static boolean noneFailed(UUID runId) {
        return CommandContextUtil.getProcessEngineConfiguration()
                .getManagementService()
                .createDeadLetterJobQuery()
                .processInstanceId(runId.toString())
                .listPage(0, RunChanges.MAX_FAILED)
                .stream()
                .map(job -> execution(job.getExecutionId()))
                .allMatch(execution -> execution == null || execution.isDeleted());
    }

    /** Waits for an event, unless it happened since the run began or since the one that this step last took. */
    private void await(Actor platform, UUID runId, StepModel step, String execution) {
        Seen seen = RunData.seen(runs, platform, runId, step);
        String subject = Expressions.value(step.awaited().subject(), seen).asText();
        if (subject.isEmpty() || subject.length() > WaitTables.MAX_SUBJECT) {
            throw new Rejection(
                    DocumentError.INVALID_WORKFLOW,
                    "The subject that step %s waits for is not a text of 1 to %d characters."
                            .formatted(step.element(), WaitTables.MAX_SUBJECT));
        }
        WaitTables.Wait wait = new WaitTables.Wait(
                runId, execution, step.element(), step.awaited().when());
        Instant since = runs.since(platform, runId, step.element());
        Optional<EventView> earlier = waits.earlier(
                platform,
                wait,
                step.awaited(),
                subject,
                since,
                event -> EventTriggers.holds(wait.condition(), EventTriggers.json(event), runId.toString()));
        if (earlier.isPresent()) {
            EventView event = earlier.get();
            runs.stepTook(platform, runId, execution, step.element(), event, EventTriggers.json(event));
            runtime().triggerAsync(execution);
        } else {
            waits.add(platform, wait, step.awaited(), subject);
        }
    }

    private static String cause(FlowableActivityEvent activity) {
        return activity instanceof FlowableActivityCancelledEvent cancelled && cancelled.getCause() != null
                ? String.valueOf(cancelled.getCause())
                : null;
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private void task(TaskEntity task) {
        ExecutionEntity run = run(task.getProcessInstanceId());
        StepModel step = EngineModel.step(execution(task.getExecutionId()).getCurrentFlowElement());
        Instant now = Instant.now();
        Instant due = step.due() == null ? null : now.plus(Duration.parse(step.due()));
        try (Tenant tenant = Tenant.bind(org(run))) {
            waits.addTask(
                    platform(run),
                    UuidCreator.getTimeOrderedEpoch(),
                    UUID.fromString(run.getId()),
                    step,
                    task.getId(),
                    due,
                    now);
        }
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private void ended(ExecutionEntity run) {
        UUID runId = UUID.fromString(run.getId());
        Actor platform = platform(run);
        Instant now = Instant.now();
        try (Tenant tenant = Tenant.bind(org(run))) {
            runs.stepsCancelled(platform, runId, now);
            runs.runEnded(platform, runId, RunState.COMPLETED, output(platform, runId, run), now);
            publish(platform, runId, WorkflowEventTypes.COMPLETED);
            children.ended(runtime(), platform, runId);
        }
    }

    /** The outputs of all steps, or the output that the document defines. */
    private JsonNode output(Actor platform, UUID runId, ExecutionEntity run) {
        return ProcessDefinitionUtil.getProcess(run.getProcessDefinitionId())
                .findFlowElementsOfType(EndEvent.class)
                .stream()
                .map(EngineModel::step)
                .filter(end -> end.data() != null)
                .findFirst()
                .map(end -> RunData.seen(runs, platform, runId, end).data())
                .orElseGet(() -> RunData.of(runs, platform, runId).get("steps"));
    }

    private void publish(Actor platform, UUID runId, EventType type) {
        RunView run = runs.run(platform, runId).orElseThrow();
        outbox.publish(platform, WorkflowEventTypes.SOURCE, type, run.workflowId(), WorkflowHappened.of(run));
    }

    private static RuntimeService runtime() {
        return CommandContextUtil.getProcessEngineConfiguration().getRuntimeService();
    }

    private static ExecutionEntity run(String id) {
        return execution(id);
    }

    private static ExecutionEntity execution(String id) {
        return CommandContextUtil.getExecutionEntityManager().findById(id);
    }

    private static UUID org(ExecutionEntity run) {
        return UUID.fromString(run.getTenantId());
    }

    private static Actor platform(ExecutionEntity run) {
        return Actor.platform(org(run), RunTables.requestId(UUID.fromString(run.getId())));
    }

    @Override
    public boolean isFailOnException() {
        return true;
    }

    @Override
    public boolean isFireOnTransactionLifecycleEvent() {
        return false;
    }

    @Override
    public String getOnTransaction() {
        return null;
    }
}
