package io.thespace.workflow.run;

import io.thespace.event.EventView;
import io.thespace.plugin.api.Actor;
import io.thespace.transaction.Rows;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.StepModel.Awaited;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The rows of what runs wait for: events and people's tasks. A wait for an event and the delivery of one lock the event's type and subject, so that neither
 * misses the other: a wait finds what was recorded before, and a delivery what waits.
 */
@ApplicationScoped
class WaitTables {

    static final int MAX_SUBJECT = 500;

    /** The number of earlier events that one query reads. */
    private static final int EARLIER_PAGE = 100;

    /** A run that waits. */
    record Wait(UUID runId, String execution, String element, String condition) {}

    /** Whether a step has taken an event; one that was cancelled with it has done nothing with it. */
    private static final String TAKEN =
            "exists (select from core.workflow_steps s where s.org_id = ? and s.run_id = %s and s.element = %s"
                    + " and s.event_id = %s and s.state <> 'cancelled')";

    private Rows rows;

    WaitTables() {}

    @Inject
    WaitTables(Rows rows) {
        this.rows = rows;
    }

    private void lock(Actor actor, String type, String subject) {
        rows.first(
                "select pg_advisory_xact_lock(hashtextextended(?, 0))",
                row -> true,
                actor.orgId() + " " + type + " " + subject);
    }

    /** What waits for an event, whichever its condition; without the steps that have taken it on an earlier visit. */
    List<Wait> forEvent(Actor actor, EventView event) {
        lock(actor, event.type(), event.subject());
        return rows.list(
                "select run_id, execution, element, condition from core.workflow_waits w where org_id = ? and type = ?"
                        + " and subject = ? and (source is null or source = ?) and not "
                        + TAKEN.formatted("w.run_id", "w.element", "?") + " order by execution",
                WaitTables::wait,
                actor.orgId(),
                event.type(),
                event.subject(),
                event.source(),
                actor.orgId(),
                event.id());
    }

    /** The events that a run waits for. */
    List<Wait> ofRun(Actor actor, UUID run) {
        return rows.list(
                "select run_id, execution, element, condition from core.workflow_waits where org_id = ? and run_id = ?"
                        + " order by element, execution",
                WaitTables::wait,
                actor.orgId(),
                run);
    }

    private static Wait wait(ResultSet row) throws SQLException {
        return new Wait(
                row.getObject("run_id", UUID.class),
                row.getString("execution"),
                row.getString("element"),
                row.getString("condition"));
    }

    /** Begins to wait. */
    void add(Actor actor, Wait wait, Awaited awaited, String subject) {
        rows.update(
                "insert into core.workflow_waits (org_id, run_id, execution, element, type, source, subject, condition)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                actor.orgId(),
                wait.runId(),
                wait.execution(),
                wait.element(),
                awaited.type(),
                awaited.source(),
                subject,
                wait.condition());
    }

    /** Ends a wait, if there is one. */
    void remove(Actor actor, String execution) {
        rows.update("delete from core.workflow_waits where org_id = ? and execution = ?", actor.orgId(), execution);
    }

    /** Records that a run has reached a task, and waits for a person to complete it. */
    void addTask(Actor actor, UUID id, UUID run, StepModel step, String engineTask, Instant due, Instant now) {
        rows.update(
                "insert into core.workflow_tasks (org_id, id, run_id, element, name, engine_task, role, assignee, excluded,"
                        + " due_at, state, created_at) values (?, ?, ?, ?, ?, ?, ?, ?,"
                        + " case when ? then (select started_by from core.workflow_runs where org_id = ? and id = ?) end,"
                        + " ?, 'open', ?)",
                actor.orgId(),
                id,
                run,
                step.element(),
                step.name(),
                engineTask,
                step.role(),
                step.assignee(),
                Boolean.TRUE.equals(step.excludesStarter()),
                actor.orgId(),
                run,
                due,
                now);
    }

    /** Closes the task of an element that the run has left. */
    void cancelTask(Actor actor, UUID run, String element, Instant now) {
        rows.update(
                "update core.workflow_tasks set state = 'cancelled', completed_at = ? where org_id = ? and run_id = ?"
                        + " and element = ? and state = 'open'",
                now,
                actor.orgId(),
                run,
                element);
    }

    /**
     * Returns the oldest event that a wait would have taken if it had begun earlier. Must be called before {@link #add}.
     *
     * @param matches the condition of the wait. Events for which it is false are not recorded as taken, so all since the given
     *     time are searched.
     */
    Optional<EventView> earlier(
            Actor actor, Wait wait, Awaited awaited, String subject, Instant since, Predicate<EventView> matches) {
        lock(actor, awaited.type(), subject);
        // The least id of that millisecond (RFC 9562, section 5.7): the index is by id.
        UUID last = new UUID(since.toEpochMilli() << 16, 0);
        while (true) {
            List<EventView> page = earlier(actor, wait, awaited, subject, since, last);
            Optional<EventView> first = page.stream().filter(matches).findFirst();
            if (first.isPresent() || page.size() < EARLIER_PAGE) {
                return first;
            }
            last = page.get(page.size() - 1).id();
        }
    }

    private List<EventView> earlier(
            Actor actor, Wait wait, Awaited awaited, String subject, Instant since, UUID after) {
        return rows.list(
                "select id, source, type, subject, recorded_at, actor_id, request_id, synthetic, data::text"
                        + " from core.events e where org_id = ? and type = ? and id > ? and subject = ?"
                        + " and (cast(? as text) is null or source = ?) and recorded_at >= ? and not "
                        + TAKEN.formatted("?", "?", "e.id") + " order by id limit " + EARLIER_PAGE,
                WaitTables::event,
                actor.orgId(),
                awaited.type(),
                after,
                subject,
                awaited.source(),
                awaited.source(),
                since,
                actor.orgId(),
                wait.runId(),
                wait.element());
    }

    private static EventView event(ResultSet row) throws SQLException {
        return new EventView(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getObject(6, UUID.class),
                row.getString(7),
                row.getBoolean(8),
                row.getString(9));
    }
}
