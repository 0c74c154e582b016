package io.thespace.workflow.run;

import io.thespace.event.Outbox;
import io.thespace.plugin.api.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.flowable.engine.ManagementService;
import org.flowable.engine.RuntimeService;
import org.flowable.job.api.Job;

/** Cancels runs and retries their failed steps, in the transaction of the caller, which has locked them. */
@ApplicationScoped
class RunChanges {

    /** How many failed steps of a run are looked at. */
    static final int MAX_FAILED = 100;

    private RunTables runs;
    private ChildTables children;
    private Outbox outbox;

    RunChanges() {}

    @Inject
    RunChanges(RunTables runs, ChildTables children, Outbox outbox) {
        this.runs = runs;
        this.children = children;
        this.outbox = outbox;
    }

    /** Cancels a run, after the runs that it waits for. */
    void cancel(RuntimeService runtime, Actor actor, UUID id) {
        cancelAwaited(runtime, actor, id);
        runtime.deleteProcessInstance(id.toString(), "cancelled");
        Instant now = Instant.now();
        runs.stepsCancelled(actor, id, now);
        runs.runEnded(actor, id, RunState.CANCELLED, null, now);
        RunView run = runs.run(actor, id).orElseThrow();
        outbox.publish(
                actor,
                WorkflowEventTypes.SOURCE,
                WorkflowEventTypes.CANCELLED,
                run.workflowId(),
                WorkflowHappened.of(run));
    }

    /** Cancels the runs that a run waits for; at most as many levels as runs may start one another. */
    void cancelAwaited(RuntimeService runtime, Actor actor, UUID id) {
        children.awaited(actor, id).forEach(child -> cancel(runtime, actor, child));
    }

    /** Cancels the run that one step waits for. */
    void cancelAwaited(RuntimeService runtime, Actor actor, ChildTables.Step step) {
        children.awaited(actor, step).ifPresent(child -> cancel(runtime, actor, child));
    }

    /** Does the failed steps of a run again. */
    void retry(ManagementService management, Actor actor, UUID id) {
        List<Job> failed = management
                .createDeadLetterJobQuery()
                .processInstanceId(id.toString())
                .listPage(0, MAX_FAILED);
        failed.forEach(job -> management.moveDeadLetterJobToExecutableJob(job.getId(), 1));
        runs.runRecovers(actor, id);
    }
}
