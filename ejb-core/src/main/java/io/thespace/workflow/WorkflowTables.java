package io.thespace.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Role;
import io.thespace.transaction.TransactionStatements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The rows of workflows, in the transaction of the caller; also in that of a step, where the engine works too. */
@ApplicationScoped
class WorkflowTables {

    /** A value of a column of type {@code jsonb}. */
    private record Jsonb(JsonNode value) {}

    @FunctionalInterface
    private interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static final String WORKFLOW =
            "select w.id, v.name, w.latest, w.status, v.format, w.created_at, w.changed_at"
                    + " from core.workflows w join core.workflow_versions v"
                    + " on v.org_id = w.org_id and v.workflow_id = w.id and v.number = w.latest where w.org_id = ?";
    private static final String RUN =
            "select id, workflow_id, workflow_version, state, input::text, output::text, cause,"
                    + " started_by, started_at, ended_at from core.workflow_runs where org_id = ?";
    private static final String TASK =
            "select t.id, t.run_id, r.workflow_id, t.element, t.name, t.role, t.assignee, t.due_at,"
                    + " t.state, t.decision, t.completed_by, t.created_at, t.completed_at, t.engine_task from core.workflow_tasks t"
                    + " join core.workflow_runs r on r.org_id = t.org_id and r.id = t.run_id where t.org_id = ?";

    private TransactionStatements statements;

    WorkflowTables() {}

    @Inject
    WorkflowTables(TransactionStatements statements) {
        this.statements = statements;
    }

    // Definitions
    // -----------------------------------------------------------------------------------------

    List<WorkflowView> workflows(Actor actor, PageRequest page) {
        return list(
                WORKFLOW + " and w.id > ? order by w.id limit ?",
                WorkflowTables::workflow,
                actor.orgId(),
                page.after().orElse(""),
                page.limit() + 1);
    }

    Optional<WorkflowView> workflow(Actor actor, String id) {
        return first(WORKFLOW + " and w.id = ?", WorkflowTables::workflow, actor.orgId(), id);
    }

    /** The number of the latest version, whose row is locked until the transaction ends. */
    Optional<Integer> lockLatest(Actor actor, String id) {
        return first(
                "select latest from core.workflows where org_id = ? and id = ? for update",
                row -> row.getInt(1),
                actor.orgId(),
                id);
    }

    long count(Actor actor) {
        return first("select count(*) from core.workflows where org_id = ?", row -> row.getLong(1), actor.orgId())
                .orElseThrow();
    }

    List<WorkflowVersionView> versions(Actor actor, String id, int before, int limit) {
        return list(
                "select number, name, format, source, created_by, created_at from core.workflow_versions"
                        + " where org_id = ? and workflow_id = ? and number < ? order by number desc limit ?",
                row -> new WorkflowVersionView(
                        row.getInt("number"),
                        row.getString("name"),
                        row.getString("format"),
                        row.getString("source"),
                        row.getObject("created_by", UUID.class),
                        instant(row, "created_at")),
                actor.orgId(),
                id,
                before,
                limit);
    }

    /** The engine's id of a version. */
    Optional<String> engineDefinition(Actor actor, String id, int number) {
        return first(
                "select engine_definition from core.workflow_versions where org_id = ? and workflow_id = ? and number = ?",
                row -> row.getString(1),
                actor.orgId(),
                id,
                number);
    }

    void addWorkflow(Actor actor, String id, Instant now) {
        update(
                "insert into core.workflows (org_id, id, latest, status, created_at, changed_at)"
                        + " values (?, ?, 1, 'active', ?, ?)",
                actor.orgId(),
                id,
                now,
                now);
    }

    void addVersion(Actor actor, WorkflowModel definition, int number, String engineDefinition, Instant now) {
        update(
                "insert into core.workflow_versions (org_id, workflow_id, number, name, format, source, engine_definition,"
                        + " created_by, created_at) values (?, ?, ?, ?, 'bpmn', ?, ?, ?, ?)",
                actor.orgId(),
                definition.id(),
                number,
                definition.name(),
                definition.source(),
                engineDefinition,
                actor.userId(),
                now);
        update(
                "update core.workflows set latest = ?, changed_at = ?, version = version + 1 where org_id = ? and id = ?",
                number,
                now,
                actor.orgId(),
                definition.id());
    }

    void status(Actor actor, String id, String status, Instant now) {
        update(
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
                instant(row, "created_at"),
                instant(row, "changed_at"));
    }

    // Runs
    // -----------------------------------------------------------------------------------------

    /** Adds a run; false when the key has started a run of this workflow already. */
    boolean addRun(Actor actor, UUID id, String workflow, int version, JsonNode input, String key, Instant now) {
        return update(
                        "insert into core.workflow_runs (org_id, id, workflow_id, workflow_version, state, input, started_by,"
                                + " start_key, started_at) values (?, ?, ?, ?, 'running', ?, ?, ?, ?)"
                                + " on conflict (org_id, workflow_id, start_key) do nothing",
                        actor.orgId(),
                        id,
                        workflow,
                        version,
                        new Jsonb(input),
                        actor.userId(),
                        key,
                        now)
                == 1;
    }

    Optional<RunView> run(Actor actor, UUID id) {
        return first(RUN + " and id = ?", WorkflowTables::run, actor.orgId(), id);
    }

    Optional<RunView> startedBy(Actor actor, String workflow, String key) {
        return first(RUN + " and workflow_id = ? and start_key = ?", WorkflowTables::run, actor.orgId(), workflow, key);
    }

    /** The newest first; null members don't filter. */
    List<RunView> runs(Actor actor, String workflow, RunState state, PageRequest page) {
        List<Object> values = new ArrayList<>(List.of(actor.orgId()));
        StringBuilder sql = new StringBuilder(RUN);
        if (workflow != null) {
            sql.append(" and workflow_id = ?");
            values.add(workflow);
        }
        if (state != null) {
            sql.append(" and state = ?");
            values.add(state.text());
        }
        page.after().ifPresent(after -> {
            sql.append(" and id < ?");
            values.add(UUID.fromString(after));
        });
        values.add(page.limit() + 1);
        return list(sql.append(" order by id desc limit ?").toString(), WorkflowTables::run, values.toArray());
    }

    /** Locks a run that has not ended until the transaction ends. */
    Optional<RunState> lockRun(Actor actor, UUID id) {
        return first(
                "select state from core.workflow_runs where org_id = ? and id = ? for update",
                row -> RunState.of(row.getString(1)),
                actor.orgId(),
                id);
    }

    void runGoesOn(Actor actor, UUID id, RunState state) {
        update(
                "update core.workflow_runs set state = ?, cause = null where org_id = ? and id = ? and ended_at is null"
                        + " and state <> ?",
                state.text(),
                actor.orgId(),
                id,
                state.text());
    }

    void runFailed(Actor actor, UUID id, String cause) {
        update(
                "update core.workflow_runs set state = 'failed', cause = ? where org_id = ? and id = ?"
                        + " and ended_at is null",
                cause,
                actor.orgId(),
                id);
    }

    void runEnded(Actor actor, UUID id, RunState state, JsonNode output, Instant now) {
        update(
                "update core.workflow_runs set state = ?, output = ?, cause = null, ended_at = ? where org_id = ? and id = ?"
                        + " and ended_at is null",
                state.text(),
                output == null ? null : new Jsonb(output),
                now,
                actor.orgId(),
                id);
    }

    private static RunView run(ResultSet row) throws SQLException {
        return new RunView(
                row.getObject("id", UUID.class),
                row.getString("workflow_id"),
                row.getInt("workflow_version"),
                row.getString("state"),
                map(row, "input"),
                map(row, "output"),
                row.getString("cause"),
                row.getObject("started_by", UUID.class),
                instant(row, "started_at"),
                instant(row, "ended_at"));
    }

    // Steps
    // -----------------------------------------------------------------------------------------

    List<RunStepView> steps(Actor actor, UUID run, long after, int limit) {
        return list(
                "select number, element, name, kind, state, attempt, node, input::text, output::text, cause, started_at,"
                        + " ended_at from core.workflow_steps where org_id = ? and run_id = ? and number > ?"
                        + " order by number limit ?",
                row -> new RunStepView(
                        row.getLong("number"),
                        row.getString("element"),
                        row.getString("name"),
                        row.getString("kind"),
                        row.getString("state"),
                        row.getInt("attempt"),
                        row.getString("node"),
                        map(row, "input"),
                        map(row, "output"),
                        row.getString("cause"),
                        instant(row, "started_at"),
                        instant(row, "ended_at")),
                actor.orgId(),
                run,
                after,
                limit);
    }

    void stepBegan(Actor actor, UUID run, StepModel step, String execution, String node, Instant now) {
        update(
                "insert into core.workflow_steps (org_id, run_id, element, name, kind, state, execution, attempt, node,"
                        + " started_at) select ?, ?, ?, ?, ?, ?, ?, 1 + count(*), ?, ? from core.workflow_steps"
                        + " where org_id = ? and run_id = ? and execution = ? and element = ? and state = 'failed'",
                actor.orgId(),
                run,
                step.element(),
                step.name(),
                step.kind().text(),
                step.waits() ? "waiting" : "running",
                execution,
                node,
                now,
                actor.orgId(),
                run,
                execution,
                step.element());
    }

    void stepHad(Actor actor, UUID run, String execution, String element, JsonNode input, JsonNode output) {
        update(
                "update core.workflow_steps set input = coalesce(?, input), output = coalesce(?, output)"
                        + " where org_id = ? and run_id = ? and execution = ? and element = ? and ended_at is null",
                input == null ? null : new Jsonb(input),
                output == null ? null : new Jsonb(output),
                actor.orgId(),
                run,
                execution,
                element);
    }

    /** Ends a step; false when it had not begun. */
    boolean stepEnded(
            Actor actor, UUID run, String execution, String element, String state, String cause, Instant now) {
        return update(
                        "update core.workflow_steps set state = ?, cause = ?, ended_at = ? where org_id = ? and run_id = ?"
                                + " and execution = ? and element = ? and ended_at is null",
                        state,
                        cause,
                        now,
                        actor.orgId(),
                        run,
                        execution,
                        element)
                > 0;
    }

    /** All that is still under way of a run that ends. */
    void stepsCancelled(Actor actor, UUID run, Instant now) {
        update(
                "update core.workflow_steps set state = 'cancelled', ended_at = ? where org_id = ? and run_id = ?"
                        + " and ended_at is null",
                now,
                actor.orgId(),
                run);
        update(
                "update core.workflow_tasks set state = 'cancelled', completed_at = ? where org_id = ? and run_id = ?"
                        + " and state = 'open'",
                now,
                actor.orgId(),
                run);
    }

    /** What the latest completed execution of each element has come to; of at most 1,000 elements. */
    void outputs(Actor actor, UUID run, BiConsumer<String, JsonNode> each) {
        list(
                "select distinct on (element) element, output::text from core.workflow_steps"
                        + " where org_id = ? and run_id = ? and state = 'completed' and output is not null"
                        + " order by element, number desc limit 1000",
                row -> {
                    each.accept(row.getString(1), json(row, "output"));
                    return row.getString(1);
                },
                actor.orgId(),
                run);
    }

    // Tasks
    // -----------------------------------------------------------------------------------------

    void addTask(Actor actor, UUID id, UUID run, StepModel step, String engineTask, Instant due, Instant now) {
        update(
                "insert into core.workflow_tasks (org_id, id, run_id, element, name, engine_task, role, assignee, due_at,"
                        + " state, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?)",
                actor.orgId(),
                id,
                run,
                step.element(),
                step.name(),
                engineTask,
                step.role(),
                step.assignee(),
                due,
                now);
    }

    /** Those that the actor may complete, the newest first. */
    List<TaskView> tasks(Actor actor, TaskState state, PageRequest page) {
        List<Object> values = new ArrayList<>(List.of(actor.orgId(), actor.userId()));
        StringBuilder sql = new StringBuilder(TASK)
                .append(" and (t.assignee = ? or (t.assignee is null and t.role = any(")
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
        return list(
                sql.append(" order by t.id desc limit ?").toString(),
                row -> task(row).view(),
                values.toArray());
    }

    /** A task with the engine's id of it. */
    record Task(TaskView view, String engineTask) {}

    Optional<Task> task(Actor actor, UUID id, boolean lock) {
        return first(
                TASK + " and t.id = ?" + (lock ? " for update of t" : ""), WorkflowTables::task, actor.orgId(), id);
    }

    void taskAssigned(Actor actor, UUID id, UUID assignee) {
        update("update core.workflow_tasks set assignee = ? where org_id = ? and id = ?", assignee, actor.orgId(), id);
    }

    void taskCompleted(Actor actor, UUID id, String decision, Instant now) {
        update(
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
        update(
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
                        instant(row, "due_at"),
                        row.getString("decision"),
                        row.getObject("completed_by", UUID.class),
                        instant(row, "created_at"),
                        instant(row, "completed_at")),
                row.getString("engine_task"));
    }

    // Statements
    // -----------------------------------------------------------------------------------------

    private int update(String sql, Object... values) {
        return statements.run(connection -> {
            try (PreparedStatement statement = bound(connection, sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    private <T> Optional<T> first(String sql, Mapping<T> mapping, Object... values) {
        return list(sql, mapping, values).stream().findFirst();
    }

    private <T> List<T> list(String sql, Mapping<T> mapping, Object... values) {
        return statements.run(connection -> {
            try (PreparedStatement statement = bound(connection, sql, values);
                    ResultSet rows = statement.executeQuery()) {
                List<T> list = new ArrayList<>();
                while (rows.next()) {
                    list.add(mapping.of(rows));
                }
                return list;
            }
        });
    }

    private static PreparedStatement bound(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Instant time) {
                statement.setTimestamp(i + 1, Timestamp.from(time));
            } else if (values[i] instanceof Jsonb json) {
                statement.setObject(i + 1, json.value().toString(), java.sql.Types.OTHER);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
        return statement;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static Map<String, Object> map(ResultSet row, String column) throws SQLException {
        JsonNode json = json(row, column);
        return json == null ? null : Json.MAPPER.convertValue(json, new TypeReference<>() {});
    }

    private static JsonNode json(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        try {
            return text == null ? null : Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The column " + column + " holds no JSON", e);
        }
    }
}
