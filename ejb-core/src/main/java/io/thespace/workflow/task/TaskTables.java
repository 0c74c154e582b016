package io.thespace.workflow.task;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Role;
import io.thespace.transaction.Rows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of tasks. Runs add them when they come to one. */
@ApplicationScoped
class TaskTables {

    private static final String TASK =
            "select t.id, t.run_id, r.workflow_id, t.element, t.name, t.role, t.assignee, t.due_at,"
                    + " t.state, t.decision, t.completed_by, t.created_at, t.completed_at, t.engine_task, t.excluded from core.workflow_tasks t"
                    + " join core.workflow_runs r on r.org_id = t.org_id and r.id = t.run_id where t.org_id = ?";

    private Rows rows;

    TaskTables() {}

    @Inject
    TaskTables(Rows rows) {
        this.rows = rows;
    }

    /** Returns the tasks that the actor may complete, the newest first. */
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

    /** A task with the engine's id of it, and the user who may not complete it; null without one. */
    record Task(TaskView view, String engineTask, UUID excluded) {}

    Optional<Task> task(Actor actor, UUID id, boolean lock) {
        return rows.first(
                TASK + " and t.id = ?" + (lock ? " for update of t" : ""), TaskTables::task, actor.orgId(), id);
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
