package io.thespace.workflow.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.event.Outbox;
import io.thespace.json.Texts;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import io.thespace.workflow.EngineModel;
import io.thespace.workflow.EngineNode;
import io.thespace.workflow.document.Expressions;
import io.thespace.workflow.document.Seen;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.StepModel.Caught;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.flowable.bpmn.model.Activity;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.common.engine.impl.interceptor.CommandExecutor;
import org.flowable.engine.impl.cmd.JobRetryCmd;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.impl.util.CommandContextUtil;
import org.flowable.job.api.JobInfo;
import org.flowable.job.service.JobServiceConfiguration;
import org.flowable.job.service.impl.asyncexecutor.AsyncRunnableExecutionExceptionHandler;
import org.flowable.job.service.impl.asyncexecutor.FailedJobCommandFactory;
import org.flowable.job.service.impl.persistence.entity.JobEntity;

/**
 * Handles a step that failed, after its transaction was rolled back and in a new one: a boundary event catches the
 * failure, or the step is retried later, or the run fails.
 */
@ApplicationScoped
public class FailedSteps implements FailedJobCommandFactory, AsyncRunnableExecutionExceptionHandler {

    private static final Log LOG = Log.of(FailedSteps.class);

    /** Kinds of rejections that a retry cannot change. */
    private static final Set<Kind> FINAL = Set.of(
            Kind.INVALID,
            Kind.UNAUTHENTICATED,
            Kind.FORBIDDEN,
            Kind.NOT_FOUND,
            Kind.METHOD_NOT_ALLOWED,
            Kind.CONFLICT,
            Kind.NOT_CONFIGURED);

    private static final int MAX_CAUSE = 2000;

    /**
     * The message that the engine stores of any failure. The failure's own message may contain personal data, and is stored in the
     * run's rows only, where an erasure finds it.
     */
    private static final String MESSAGE = "The step failed";

    private RunTables runs;
    private ChildRuns children;
    private Outbox outbox;
    private EngineNode node;

    FailedSteps() {}

    @Inject
    FailedSteps(RunTables runs, ChildRuns children, Outbox outbox, EngineNode node) {
        this.runs = runs;
        this.children = children;
        this.outbox = outbox;
        this.node = node;
    }

    /** Takes precedence over the engine's own handler, which logs each failure with its stack trace. */
    @Override
    public boolean handleException(JobServiceConfiguration jobs, JobInfo job, Throwable failure) {
        if (!(failure instanceof StepFailure) && refusal(failure) == null) {
            return false;
        }
        CommandExecutor commands = jobs.getCommandExecutor();
        commands.execute(commands.getDefaultConfig().transactionRequiresNew(), getCommand(job.getId(), failure));
        return true;
    }

    @Override
    public Command<Object> getCommand(String jobId, Throwable failure) {
        return context -> failed(context, jobId, failure);
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private Object failed(CommandContext context, String jobId, Throwable failure) {
        JobEntity job = CommandContextUtil.getProcessEngineConfiguration(context)
                .getJobServiceConfiguration()
                .getJobEntityManager()
                .findById(jobId);
        ExecutionEntity execution = job == null || job.getExecutionId() == null
                ? null
                : CommandContextUtil.getExecutionEntityManager(context).findById(job.getExecutionId());
        StepModel step = execution == null ? null : EngineModel.step(execution.getCurrentFlowElement());
        if (step == null) {
            return new JobRetryCmd(jobId, new FlowableException(MESSAGE)).execute(context);
        }
        UUID org = UUID.fromString(execution.getTenantId());
        UUID runId = UUID.fromString(execution.getProcessInstanceId());
        Rejection refusal = refusal(failure);
        Actor platform = Actor.platform(org, RunTables.requestId(runId));
        try (Tenant tenant = Tenant.bind(org)) {
            Instant now = Instant.now();
            String cause = cause(step, refusal, failure);
            ChildTables.Step at = new ChildTables.Step(runId, execution.getId(), step.element());
            // A step that waits was begun by a transaction before.
            if (runs.attempt(platform, at).isEmpty()) {
                runs.stepBegan(platform, runId, step, execution.getId(), node.name(), now);
            }
            int left = left(job, step, runs.attempt(platform, at).orElseThrow());
            ObjectNode error = step.data() == null ? null : StepProblems.of(refusal, cause, step);
            if (error != null) {
                runs.stepHad(platform, runId, execution.getId(), step.element(), null, error);
            }
            runs.stepEnded(platform, runId, execution.getId(), step.element(), "failed", cause, now);
            boolean again = error != null && step.caught() != null && left > 1 && catches(platform, runId, step, error);
            StepModel event = refusal == null || again ? null : event(platform, runId, execution, refusal, error);
            if (event != null) {
                execution.setVariableLocal(
                        ServiceStep.CAUGHT,
                        event.errorCode() == null ? refusal.code().name() : event.errorCode());
                CommandContextUtil.getProcessEngineConfiguration(context)
                        .getJobServiceConfiguration()
                        .getJobManager()
                        .unacquire(job);
                return null;
            }
            boolean last = !again && isFinal(refusal);
            boolean over = last || left <= 1;
            if (over) {
                job.setRetries(1);
                job.setExceptionMessage(MESSAGE);
            }
            new JobRetryCmd(jobId, new FlowableException(MESSAGE)).execute(context);
            if (over) {
                runs.runFailed(platform, runId, cause);
                RunView run = runs.run(platform, runId).orElseThrow();
                outbox.publish(
                        platform,
                        WorkflowEventTypes.SOURCE,
                        WorkflowEventTypes.FAILED,
                        run.workflowId(),
                        WorkflowHappened.of(run));
                children.ended(
                        CommandContextUtil.getProcessEngineConfiguration(context)
                                .getRuntimeService(),
                        platform,
                        runId);
            }
            return null;
        }
    }

    /**
     * The number of attempts left before this failure. The engine counts down from the first attempt; a step that waits
     * for a run gets a new job for each end of that run, so its own rows are counted.
     */
    private static int left(JobEntity job, StepModel step, int attempt) {
        if (step.awaitsRun()) {
            return step.attempts() - attempt + 1;
        }
        return job.getExceptionMessage() == null && step.attempts() != null ? step.attempts() : job.getRetries();
    }

    /** The first boundary event that catches a failure; null for none. */
    private StepModel event(
            Actor platform, UUID runId, ExecutionEntity execution, Rejection refusal, ObjectNode error) {
        if (!(execution.getCurrentFlowElement() instanceof Activity activity)) {
            return null;
        }
        return activity.getBoundaryEvents().stream()
                .map(EngineModel::step)
                .filter(event -> event.kind() == StepModel.Kind.BOUNDARY_ERROR)
                .filter(event -> event.caught() == null
                        ? event.errorCode() == null
                                || event.errorCode().equals(refusal.code().name())
                        : catches(platform, runId, event, error))
                .findFirst()
                .orElse(null);
    }

    /** Whether a {@code catch} is for an error. Its expressions see what its {@code try} task got; one that fails is not true. */
    private boolean catches(Actor platform, UUID runId, StepModel step, ObjectNode error) {
        Caught caught = step.caught();
        if (!StepProblems.matches(caught, error)) {
            return false;
        }
        try {
            Seen seen = RunData.seen(runs, platform, runId, step).with(caught.variable(), error);
            return (caught.when() == null || Expressions.holds(caught.when(), seen))
                    && (caught.exceptWhen() == null || !Expressions.holds(caught.exceptWhen(), seen));
        } catch (Rejection e) {
            LOG.warning("The condition of a catch failed", "element", step.element(), "cause", e.getMessage());
            return false;
        }
    }

    /** Whether another attempt cannot pass. A refusal that names a time to wait asks for one, whatever its kind. */
    static boolean isFinal(Rejection refusal) {
        return refusal != null
                && refusal.retryAfter() == null
                && FINAL.contains(refusal.code().kind());
    }

    private static Rejection refusal(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof Rejection rejection) {
                return rejection;
            }
        }
        return null;
    }

    private static String cause(StepModel step, Rejection refusal, Throwable failure) {
        if (refusal == null) {
            LOG.error("A step of a workflow failed", failure, "element", step.element());
            return "Step %s failed with an internal error; the log of this node has the cause."
                    .formatted(step.element());
        }
        String text = refusal.code().name() + ": " + refusal.getMessage();
        return Texts.truncate(text, MAX_CAUSE);
    }
}
