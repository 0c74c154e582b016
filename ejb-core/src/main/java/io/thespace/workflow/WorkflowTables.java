package io.thespace.workflow;

import io.thespace.event.EventView;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Role;
import io.thespace.transaction.Rows;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.WorkflowModel;
import io.thespace.workflow.dsl.WorkflowDocument;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of workflows and of the tasks in their runs. */
@ApplicationScoped
class WorkflowTables {

    private static final String WORKFLOW =
            "select w.id, v.name, w.latest, w.status, v.format, w.created_at, w.changed_at"
                    + " from core.workflows w join core.workflow_versions v"
                    + " on v.org_id = w.org_id and v.workflow_id = w.id and v.number = w.latest where w.org_id = ?";
    private static final String TASK =
            "select t.id, t.run_id, r.workflow_id, t.element, t.name, t.role, t.assignee, t.due_at,"
                    + " t.state, t.decision, t.completed_by, t.created_at, t.completed_at, t.engine_task, t.excluded from core.workflow_tasks t"
                    + " join core.workflow_runs r on r.org_id = t.org_id and r.id = t.run_id where t.org_id = ?";

    private Rows rows;

    WorkflowTables() {}

    @Inject
    WorkflowTables(Rows rows) {
        this.rows = rows;
    }

    // Definitions
    // -----------------------------------------------------------------------------------------

    List<WorkflowView> workflows(Actor actor, PageRequest page) {
        return rows.list(
                WORKFLOW + " and w.id > ? order by w.id limit ?",
                WorkflowTables::workflow,
                actor.orgId(),
                page.after().orElse(""),
                page.limit() + 1);
    }

    Optional<WorkflowView> workflow(Actor actor, String id) {
        return rows.first(WORKFLOW + " and w.id = ?", WorkflowTables::workflow, actor.orgId(), id);
    }

    /** The number of the latest version, whose row is locked until the transaction ends. */
    Optional<Integer> lockLatest(Actor actor, String id) {
        return rows.first(
                "select latest from core.workflows where org_id = ? and id = ? for update",
                row -> row.getInt(1),
                actor.orgId(),
                id);
    }

    long count(Actor actor) {
        return rows.first("select count(*) from core.workflows where org_id = ?", row -> row.getLong(1), actor.orgId())
                .orElseThrow();
    }

    List<WorkflowVersionView> versions(Actor actor, String id, int before, int limit) {
        return rows.list(
                "select number, name, format, source, created_by, created_at from core.workflow_versions"
                        + " where org_id = ? and workflow_id = ? and number < ? order by number desc limit ?",
                row -> new WorkflowVersionView(
                        row.getInt("number"),
                        row.getString("name"),
                        row.getString("format"),
                        row.getString("source"),
                        row.getObject("created_by", UUID.class),
                        Rows.instant(row, "created_at")),
                actor.orgId(),
                id,
                before,
                limit);
    }

    /** The engine's id of a version. */
    Optional<String> engineDefinition(Actor actor, String id, int number) {
        return rows.first(
                "select engine_definition from core.workflow_versions where org_id = ? and workflow_id = ? and number = ?",
                row -> row.getString(1),
                actor.orgId(),
                id,
                number);
    }

    /** The document of a version. */
    Optional<String> source(Actor actor, String id, int number) {
        return rows.first(
                "select source from core.workflow_versions where org_id = ? and workflow_id = ? and number = ?",
                row -> row.getString(1),
                actor.orgId(),
                id,
                number);
    }

    void addWorkflow(Actor actor, String id, Instant now) {
        rows.update(
                "insert into core.workflows (org_id, id, latest, status, created_at, changed_at)"
                        + " values (?, ?, 1, 'active', ?, ?)",
                actor.orgId(),
                id,
                now,
                now);
    }

    void addVersion(Actor actor, WorkflowModel definition, int number, String engineDefinition, Instant now) {
        rows.update(
                "insert into core.workflow_versions (org_id, workflow_id, number, name, format, source, engine_definition,"
                        + " created_by, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                actor.orgId(),
                definition.id(),
                number,
                definition.name(),
                WorkflowDocument.of(definition.source()).text(),
                definition.source(),
                engineDefinition,
                actor.userId(),
                now);
        addListeners(actor, definition, number);
        rows.update(
                "update core.workflows set latest = ?, changed_at = ?, version = version + 1 where org_id = ? and id = ?",
                number,
                now,
                actor.orgId(),
                definition.id());
    }

    /**
     * A workflow that an event starts.
     *
     * @param author for whom its runs act: who made its latest version; null when that is forgotten
     */
    record Listener(String workflow, int version, String condition, UUID author) {}

    private void addListeners(Actor actor, WorkflowModel definition, int number) {
        for (StepModel step : definition.steps()) {
            if (step.awaited() != null) {
                rows.update(
                        "insert into core.workflow_listeners (org_id, workflow_id, number, element, type, source, condition,"
                                + " starts) values (?, ?, ?, ?, ?, ?, ?, ?)",
                        actor.orgId(),
                        definition.id(),
                        number,
                        step.element(),
                        step.awaited().type(),
                        step.awaited().source(),
                        step.awaited().when(),
                        step.kind() == StepModel.Kind.START);
            }
        }
    }

    /** The active workflows whose latest version an event starts, whichever the condition. */
    List<Listener> startedBy(Actor actor, EventView event) {
        return rows.list(
                "select w.id, w.latest, l.condition, v.created_by from core.workflow_listeners l"
                        + " join core.workflows w on w.org_id = l.org_id and w.id = l.workflow_id and w.latest = l.number"
                        + " join core.workflow_versions v on v.org_id = w.org_id and v.workflow_id = w.id"
                        + " and v.number = w.latest where l.org_id = ? and l.starts and l.type = ?"
                        + " and (l.source is null or l.source = ?) and w.status = 'active' order by w.id",
                row -> new Listener(row.getString(1), row.getInt(2), row.getString(3), row.getObject(4, UUID.class)),
                actor.orgId(),
                event.type(),
                event.source());
    }

    void status(Actor actor, String id, String status, Instant now) {
        rows.update(
                "update core.workflows set status = ?, changed_at = ?, version = version + 1 where org_id = ? and id = ?",
                status,
                now,
                actor.orgId(),
                id);
    }

    private static WorkflowView workflow(ResultSet row) throws SQLException {
        return new WorkflowView(
                row.getString("id"),
                row.getString("name"),
                row.getInt("latest"),
                row.getString("status"),
                row.getString("format"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "changed_at"));
    }

    // Tasks
    // -----------------------------------------------------------------------------------------

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

    /** Those that the actor may complete, the newest first. */
    List<TaskView> tasks(Actor actor, TaskState state, PageRequest page) {
        List<Object> values = new ArrayList<>(List.of(actor.orgId(), actor.userId(), actor.userId()));
        StringBuilder sql = new StringBuilder(TASK)
                .append(
                        " and t.excluded is distinct from ? and (t.assignee = ? or (t.assignee is null and t.role = any(")
                .append(actor.role() == Role.ADMIN ? "array['user', 'admin']" : "array['user']")
                .append(")))");
        if (state != null) {
            sql.append(" and t.state = ?");
            values.add(state.text());
        }
        page.after().ifPresent(after -> {
            sql.append(" and t.id < ?");
            values.add(UUID.fromString(after));
        });
        values.add(page.limit() + 1);
        return rows.list(
                sql.append(" order by t.id desc limit ?").toString(),
                row -> task(row).view(),
                values.toArray());
    }

    /** A task with the engine's id of it, and who may not do it; null when there is no such user. */
    record Task(TaskView view, String engineTask, UUID excluded) {}

    Optional<Task> task(Actor actor, UUID id, boolean lock) {
        return rows.first(
                TASK + " and t.id = ?" + (lock ? " for update of t" : ""), WorkflowTables::task, actor.orgId(), id);
    }

    void taskAssigned(Actor actor, UUID id, UUID assignee) {
        rows.update(
                "update core.workflow_tasks set assignee = ? where org_id = ? and id = ?", assignee, actor.orgId(), id);
    }

    void taskCompleted(Actor actor, UUID id, String decision, Instant now) {
        rows.update(
                "update core.workflow_tasks set state = 'completed', decision = ?, completed_by = ?, completed_at = ?"
                        + " where org_id = ? and id = ?",
                decision,
                actor.userId(),
                now,
                actor.orgId(),
                id);
    }

    /** A boundary event has ended the task's step. */
    void taskCancelled(Actor actor, String engineTask, Instant now) {
        rows.update(
                "update core.workflow_tasks set state = 'cancelled', completed_at = ? where org_id = ?"
                        + " and engine_task = ? and state = 'open'",
                now,
                actor.orgId(),
                engineTask);
    }

    private static Task task(ResultSet row) throws SQLException {
        return new Task(
                new TaskView(
                        row.getObject("id", UUID.class),
                        row.getObject("run_id", UUID.class),
                        row.getString("workflow_id"),
                        row.getString("element"),
                        row.getString("name"),
                        row.getString("state"),
                        row.getString("role"),
                        row.getObject("assignee", UUID.class),
                        Rows.instant(row, "due_at"),
                        row.getString("decision"),
                        row.getObject("completed_by", UUID.class),
                        Rows.instant(row, "created_at"),
                        Rows.instant(row, "completed_at")),
                row.getString("engine_task"),
                row.getObject("excluded", UUID.class));
    }
}
