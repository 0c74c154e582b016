package io.thespace.schedule;

import io.thespace.plugin.api.Actor;
import io.thespace.tenant.Tenant;
import io.thespace.workflow.WorkflowView;
import io.thespace.workflow.Workflows;
import io.thespace.workflow.run.RunStarts;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Starts the runs of due schedules: each time once, on one of the nodes. */
@Stateless
public class Firings {

    /** The maximum of schedules that a node processes at once. */
    private static final int MAX_DUE = 100;

    /** A schedule that is due. */
    public record Due(UUID orgId, UUID id) {}

    @Inject
    ScheduleTables tables;

    @Inject
    RunStarts runs;

    @Inject
    Workflows workflows;

    /** The schedules that are due, the longest due first. */
    public List<Due> due() {
        return tables.due(MAX_DUE).stream()
                .map(due -> new Due(due.orgId(), due.id()))
                .toList();
    }

    /**
     * Starts the runs that a schedule is due for, and moves it to its next time; nothing when another node does so. The key of a run is
     * its time, so that none starts twice.
     */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public void fire(Due due) {
        Instant now = Instant.now();
        Actor platform = Actor.platform(due.orgId(), "schedule-" + due.id());
        try (Tenant tenant = Tenant.bind(due.orgId())) {
            tables.lockDue(platform, due.id(), now).ifPresent(schedule -> {
                List<Instant> times = schedule.due(now);
                Instant last = schedule.nextAt();
                String outcome = "missed: no node ran";
                for (Instant time : times) {
                    last = time;
                    outcome = fire(platform, schedule, time);
                }
                Schedule next = schedule.comingAfterDue(now);
                tables.came(platform, schedule.id(), last, outcome, next.nextAt(), Schedules.due(next));
            });
        }
    }

    /** Has a schedule looked at in a minute. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public void postpone(Due due) {
        try (Tenant tenant = Tenant.bind(due.orgId())) {
            tables.postpone(
                    Actor.platform(due.orgId(), "schedule-" + due.id()),
                    due.id(),
                    Instant.now().plusSeconds(60));
        }
    }

    private String fire(Actor platform, Schedule schedule, Instant time) {
        WorkflowView workflow = workflows.find(platform, schedule.workflow());
        String trigger = "schedule:" + schedule.id();
        if (!workflow.status().equals("active")) {
            return "refused: the workflow is disabled";
        }
        if (schedule.overlap().equals("skip") && runs.underWay(platform, schedule.workflow(), trigger)) {
            return "skipped: an earlier run has not ended";
        }
        runs.start(
                platform,
                new RunStarts.Start(
                        schedule.workflow(),
                        workflow.version(),
                        schedule.input(),
                        schedule.owner(),
                        trigger + ":" + time,
                        0,
                        null));
        return "started";
    }
}
