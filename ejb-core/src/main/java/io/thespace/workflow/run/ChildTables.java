package io.thespace.workflow.run;

import io.thespace.plugin.api.Actor;
import io.thespace.transaction.Rows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Links runs with the steps of other runs that started them. A step locks the row of its run before it reads the state,
 * and the end of a run changes that row before it looks up the waiting step, so that no end is missed.
 */
@ApplicationScoped
class ChildTables {

    /** The element of a run at which the engine is. */
    record Step(UUID runId, String execution, String element) {}

    private Rows rows;

    ChildTables() {}

    @Inject
    ChildTables(Rows rows) {
        this.rows = rows;
    }

    /** Records the run that a step under way has started, and whether the step waits for it. */
    void stepHas(Actor actor, Step step, UUID child, boolean waits) {
        rows.update(
                "update core.workflow_steps set child_run_id = ?, state = ? where org_id = ? and run_id = ?"
                        + " and execution = ? and element = ? and ended_at is null",
                child,
                waits ? "waiting" : "running",
                actor.orgId(),
                step.runId(),
                step.execution(),
                step.element());
    }

    /** The run that a step has started last. */
    Optional<UUID> of(Actor actor, Step step) {
        return rows.first(
                "select child_run_id from core.workflow_steps where org_id = ? and run_id = ? and execution = ?"
                        + " and element = ? and child_run_id is not null order by number desc limit 1",
                row -> row.getObject(1, UUID.class),
                actor.orgId(),
                step.runId(),
                step.execution(),
                step.element());
    }

    /**
     * Returns the number of runs that earlier visits of a step have started; {@code trigger} is the prefix of their
     * triggers.
     */
    long count(Actor actor, UUID parent, String trigger) {
        return rows.first(
                        "select count(*) from core.workflow_runs where org_id = ? and parent_run_id = ?"
                                + " and starts_with(triggered_by, ?)",
                        row -> row.getLong(1),
                        actor.orgId(),
                        parent,
                        trigger)
                .orElseThrow();
    }

    /** Returns the state of a run, and locks it until the transaction ends; its current steps continue. */
    RunState lock(Actor actor, UUID run) {
        return rows.first(
                        "select state from core.workflow_runs where org_id = ? and id = ? for no key update",
                        row -> RunState.of(row.getString(1)),
                        actor.orgId(),
                        run)
                .orElseThrow();
    }

    /** Returns the engine's execution that waits for a run, and removes it, so that it continues once only. */
    Optional<String> goesOn(Actor actor, UUID child) {
        return rows.first(
                "update core.workflow_steps s set state = 'running' from core.workflow_runs c where c.org_id = ? and c.id = ?"
                        + " and s.org_id = c.org_id and s.run_id = c.parent_run_id and s.child_run_id = c.id"
                        + " and s.state = 'waiting' returning s.execution",
                row -> row.getString(1),
                actor.orgId(),
                child);
    }

    /** The run that a step under way waits for, if that has not ended; its row is locked. */
    Optional<UUID> awaited(Actor actor, Step step) {
        return rows.first(
                "select c.id from core.workflow_runs c join core.workflow_steps s on s.org_id = c.org_id"
                        + " and s.run_id = c.parent_run_id and s.child_run_id = c.id where s.org_id = ? and s.run_id = ?"
                        + " and s.execution = ? and s.element = ? and s.ended_at is null and c.ended_at is null"
                        + " for no key update of c",
                row -> row.getObject(1, UUID.class),
                actor.orgId(),
                step.runId(),
                step.execution(),
                step.element());
    }

    /** The runs that have not ended of a run's steps that wait for them or failed with them; their rows are locked. */
    List<UUID> awaited(Actor actor, UUID parent) {
        return rows.list(
                "select c.id from core.workflow_runs c join core.workflow_steps s on s.org_id = c.org_id"
                        + " and s.run_id = c.parent_run_id and s.child_run_id = c.id where c.org_id = ?"
                        + " and c.parent_run_id = ? and c.ended_at is null and s.state in ('running', 'waiting', 'failed')"
                        // A loop may have caught the failures of any number of runs: only those of its last turn count.
                        + " and s.number = (select max(l.number) from core.workflow_steps l where l.org_id = s.org_id"
                        + " and l.run_id = s.run_id and l.element = s.element) order by c.id for no key update of c",
                row -> row.getObject(1, UUID.class),
                actor.orgId(),
                parent);
    }
}
