package io.thespace.workflow.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.event.EventView;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.transaction.Rows;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.StepModel.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rows of runs and of their steps. */
@ApplicationScoped
public class RunTables {

    private static final String RUN =
            "select id, workflow_id, workflow_version, state, input::text, output::text, cause,"
                    + " started_by, triggered_by, parent_run_id, started_at, ended_at from core.workflow_runs where org_id = ?";

    private static final int MAX_CURRENT_STEPS = 100;

    /** For what a call does before and after it waits. */
    private static final Duration REST_MARGIN = Duration.ofSeconds(20);

    private Rows rows;

    RunTables() {}

    @Inject
    RunTables(Rows rows) {
        this.rows = rows;
    }

    // Runs
    // -----------------------------------------------------------------------------------------

    /** The prefix of the request id of a run's steps. */
    private static final String BY_RUN = "run-";

    /** The request id of what a run does. */
    static String requestId(UUID run) {
        return BY_RUN + run;
    }

    /** The run that did something; empty when it was none. */
    static Optional<UUID> runOf(String requestId) {
        try {
            return requestId != null && requestId.startsWith(BY_RUN)
                    ? Optional.of(UUID.fromString(requestId.substring(BY_RUN.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a run has not ended whose trigger begins so. */
    boolean underWay(Actor actor, String workflow, String prefix) {
        return rows.first(
                        "select true from core.workflow_runs where org_id = ? and workflow_id = ? and ended_at is null"
                                + " and starts_with(triggered_by, ?) limit 1",
                        row -> true,
                        actor.orgId(),
                        workflow,
                        prefix)
                .isPresent();
    }

    /** Returns the depth of a run in its chain. */
    Optional<Integer> depth(Actor actor, UUID id) {
        return rows.first(
                "select depth from core.workflow_runs where org_id = ? and id = ?",
                row -> row.getInt(1),
                actor.orgId(),
                id);
    }

    /** Adds a run; false when its trigger has started a run of this workflow already. */
    boolean addRun(Actor actor, UUID id, RunStarts.Start start, Instant now) {
        return rows.update(
                        "insert into core.workflow_runs (org_id, id, workflow_id, workflow_version, state, input, started_by,"
                                + " triggered_by, depth, parent_run_id, started_at) values (?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?)"
                                + " on conflict (org_id, workflow_id, triggered_by) do nothing",
                        actor.orgId(),
                        id,
                        start.workflow(),
                        start.version(),
                        new Rows.Jsonb(start.input()),
                        start.forUser(),
                        start.trigger(),
                        start.depth(),
                        start.parent(),
                        now)
                == 1;
    }

    Optional<RunView> run(Actor actor, UUID id) {
        return rows.first(RUN + " and id = ?", RunTables::run, actor.orgId(), id);
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
        return rows.list(sql.append(" order by id desc limit ?").toString(), RunTables::run, values.toArray());
    }

    /** Locks a run that has not ended until the transaction ends. */
    Optional<RunState> lockRun(Actor actor, UUID id) {
        return rows.first(
                "select state from core.workflow_runs where org_id = ? and id = ? for update",
                row -> RunState.of(row.getString(1)),
                actor.orgId(),
                id);
    }

    /**
     * Whether the run was in another state. One that has failed stays so, whatever its other branches do, until {@link #runRecovers}.
     */
    boolean runGoesOn(Actor actor, UUID id, RunState state) {
        return rows.update(
                        "update core.workflow_runs set state = ? where org_id = ? and id = ? and ended_at is null"
                                + " and state not in (?, 'failed')",
                        state.text(),
                        actor.orgId(),
                        id,
                        state.text())
                > 0;
    }

    /**
     * The run comes to what it passes at once, such as a gateway. That does not wait for the row, which a branch at work has locked,
     * perhaps during a call outside of the platform; its run is running then anyway.
     */
    void runPasses(Actor actor, UUID id) {
        rows.update(
                "update core.workflow_runs set state = 'running' where org_id = ? and id = (select id from"
                        + " core.workflow_runs where org_id = ? and id = ? and ended_at is null and state = 'waiting'"
                        + " for no key update skip locked)",
                actor.orgId(),
                actor.orgId(),
                id);
    }

    /** Whether a run has failed and not recovered. */
    boolean hasFailed(Actor actor, UUID id) {
        return rows.first(
                        "select true from core.workflow_runs where org_id = ? and id = ? and state = 'failed'",
                        row -> true,
                        actor.orgId(),
                        id)
                .isPresent();
    }

    /** Nothing of the run has failed any more. */
    void runRecovers(Actor actor, UUID id) {
        rows.update(
                "update core.workflow_runs set state = 'running', cause = null where org_id = ? and id = ?"
                        + " and ended_at is null and state = 'failed'",
                actor.orgId(),
                id);
    }

    void runFailed(Actor actor, UUID id, String cause) {
        rows.update(
                "update core.workflow_runs set state = 'failed', cause = ? where org_id = ? and id = ?"
                        + " and ended_at is null",
                cause,
                actor.orgId(),
                id);
    }

    void runEnded(Actor actor, UUID id, RunState state, JsonNode output, Instant now) {
        rows.update(
                "update core.workflow_runs set state = ?, output = ?, cause = null, ended_at = ? where org_id = ? and id = ?"
                        + " and ended_at is null",
                state.text(),
                output == null ? null : new Rows.Jsonb(output),
                now,
                actor.orgId(),
                id);
    }

    /** The runs of workflows that started last, by workflow. */
    public Map<String, RunView> last(Actor actor, List<String> workflows) {
        return rows
                .list(
                        // An id of a workflow has no comma.
                        "select r.* from unnest(string_to_array(?, ',')) as w(id) cross join lateral (" + RUN
                                + " and workflow_id = w.id order by id desc limit 1) r",
                        RunTables::run,
                        String.join(",", workflows),
                        actor.orgId())
                .stream()
                .collect(Collectors.toMap(RunView::workflowId, Function.identity()));
    }

    private static RunView run(ResultSet row) throws SQLException {
        return new RunView(
                row.getObject("id", UUID.class),
                row.getString("workflow_id"),
                row.getInt("workflow_version"),
                row.getString("state"),
                Rows.map(row, "input"),
                Rows.json(row, "output"),
                row.getString("cause"),
                row.getObject("started_by", UUID.class),
                row.getString("triggered_by"),
                row.getObject("parent_run_id", UUID.class),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "ended_at"),
                null);
    }

    /** Lets the active transaction rest for as long as a call outside of the platform may take. */
    void restsDuring(Duration call) {
        rows.first(
                "select set_config('idle_in_transaction_session_timeout', ?, true)",
                row -> true,
                call.plus(REST_MARGIN).toMillis() + "ms");
    }

    // Steps
    // -----------------------------------------------------------------------------------------

    List<RunStepView> steps(Actor actor, UUID run, long after, int limit) {
        return rows.list(
                "select number, element, name, kind, state, attempt, node, input::text, output::text, cause, child_run_id,"
                        + " started_at, ended_at from core.workflow_steps where org_id = ? and run_id = ? and number > ?"
                        + " order by number limit ?",
                row -> new RunStepView(
                        row.getLong("number"),
                        row.getString("element"),
                        row.getString("name"),
                        row.getString("kind"),
                        row.getString("state"),
                        row.getInt("attempt"),
                        row.getString("node"),
                        Rows.map(row, "input"),
                        Rows.json(row, "output"),
                        row.getString("cause"),
                        row.getObject("child_run_id", UUID.class),
                        Rows.instant(row, "started_at"),
                        Rows.instant(row, "ended_at")),
                actor.orgId(),
                run,
                after,
                limit);
    }

    /** The steps of a run that have not ended, in the order of their beginnings. */
    List<CurrentStepView> currentSteps(Actor actor, UUID run) {
        return rows.list(
                "select element, name, kind, state, started_at from core.workflow_steps where org_id = ? and run_id = ?"
                        + " and ended_at is null order by number limit ?",
                row -> new CurrentStepView(
                        row.getString("element"),
                        row.getString("name"),
                        row.getString("kind"),
                        row.getString("state"),
                        Rows.instant(row, "started_at")),
                actor.orgId(),
                run,
                MAX_CURRENT_STEPS);
    }

    void stepBegan(Actor actor, UUID run, StepModel step, String execution, String node, Instant now) {
        rows.update(
                "insert into core.workflow_steps (org_id, run_id, element, name, kind, state, execution, attempt, node,"
                        + " started_at) select ?, ?, ?, ?, ?, ?, ?, 1 + count(*), ?, ? from core.workflow_steps"
                        + " where org_id = ? and run_id = ? and element = ? and state = 'failed' and number > coalesce((select"
                        // A run has one execution of an element at a time, and several in the course of a loop.
                        + " max(number) from core.workflow_steps where org_id = ? and run_id = ? and element = ? and state"
                        + " in ('completed', 'cancelled')), 0)",
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
                step.element(),
                actor.orgId(),
                run,
                step.element());
    }

    /** Returns the current attempt of a step; empty for none. */
    Optional<Integer> attempt(Actor actor, ChildTables.Step step) {
        return rows.first(
                "select attempt from core.workflow_steps where org_id = ? and run_id = ? and execution = ? and element = ?"
                        + " and ended_at is null",
                row -> row.getInt(1),
                actor.orgId(),
                step.runId(),
                step.execution(),
                step.element());
    }

    /** Records input and output of a step under way; null for what is not known yet. */
    public void stepHad(Actor actor, UUID run, String execution, String element, JsonNode input, JsonNode output) {
        rows.update(
                "update core.workflow_steps set input = coalesce(?, input), output = coalesce(?, output)"
                        + " where org_id = ? and run_id = ? and execution = ? and element = ? and ended_at is null",
                input == null ? null : new Rows.Jsonb(input),
                output == null ? null : new Rows.Jsonb(output),
                actor.orgId(),
                run,
                execution,
                element);
    }

    /** Ends a step; false when it had not begun. */
    boolean stepEnded(
            Actor actor, UUID run, String execution, String element, String state, String cause, Instant now) {
        return rows.update(
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

    /** Returns the states of a run's elements, by id: that of the latest execution of each. */
    public Map<String, String> states(Actor actor, UUID run) {
        Map<String, String> states = new HashMap<>();
        rows.list(
                "select distinct on (element) element, state from core.workflow_steps where org_id = ? and run_id = ?"
                        + " order by element, number desc limit 1000",
                row -> states.put(row.getString(1), row.getString(2)),
                actor.orgId(),
                run);
        return states;
    }

    /** Since when an element looks for its next event: since about the last one that it took, or since the run started. */
    Instant since(Actor actor, UUID run, String element) {
        return rows.first(
                        // A minute earlier, since an event may be committed after one that was recorded later; what was
                        // taken is
                        // not taken again. A step that was signalled has no event.
                        "select greatest((select coalesce(event_recorded_at - interval '1 minute', ended_at)"
                                + " from core.workflow_steps where org_id = r.org_id and run_id = r.id and element = ?"
                                + " and state = 'completed' order by number desc limit 1), r.started_at) as since"
                                + " from core.workflow_runs r where r.org_id = ? and r.id = ?",
                        row -> Rows.instant(row, "since"),
                        element,
                        actor.orgId(),
                        run)
                .orElseThrow();
    }

    /** Records the event that a step under way has waited for, with its output. */
    void stepTook(Actor actor, UUID run, String execution, String element, EventView event, JsonNode output) {
        rows.update(
                "update core.workflow_steps set output = ?, event_id = ?, event_recorded_at = ?"
                        + " where org_id = ? and run_id = ? and execution = ? and element = ? and ended_at is null",
                new Rows.Jsonb(output),
                event.id(),
                event.time(),
                actor.orgId(),
                run,
                execution,
                element);
    }

    /** Whether a run has completed a step to which it can be reset: a task, a gateway, or a wait. */
    boolean completed(Actor actor, UUID run, String element) {
        return rows.first(
                        "select true from core.workflow_steps where org_id = ? and run_id = ? and element = ?"
                                + " and state = 'completed' and kind not in (?, ?, ?, ?, ?) limit 1",
                        row -> true,
                        actor.orgId(),
                        run,
                        element,
                        Kind.START.text(),
                        Kind.END.text(),
                        Kind.TERMINATE.text(),
                        Kind.BOUNDARY_TIMER.text(),
                        Kind.BOUNDARY_ERROR.text())
                .isPresent();
    }

    /** Whether a run has passed a parallel gateway. */
    boolean passedParallel(Actor actor, UUID run) {
        return rows.first(
                        "select true from core.workflow_steps where org_id = ? and run_id = ? and kind = ? limit 1",
                        row -> true,
                        actor.orgId(),
                        run,
                        Kind.PARALLEL.text())
                .isPresent();
    }

    /** All that is still under way of a run that ends. */
    void stepsCancelled(Actor actor, UUID run, Instant now) {
        rows.update(
                "update core.workflow_steps set state = 'cancelled', ended_at = ? where org_id = ? and run_id = ?"
                        + " and ended_at is null",
                now,
                actor.orgId(),
                run);
        rows.update(
                "update core.workflow_tasks set state = 'cancelled', completed_at = ? where org_id = ? and run_id = ?"
                        + " and state = 'open'",
                now,
                actor.orgId(),
                run);
        rows.update("delete from core.workflow_waits where org_id = ? and run_id = ?", actor.orgId(), run);
    }

    /**
     * The output of a step.
     *
     * @param number of the step; grows in the order of the beginnings
     */
    record Output(long number, JsonNode value) {}

    /** The latest output of some elements; null instead of a number that it is to be below. */
    Optional<Output> latest(Actor actor, UUID run, List<String> elements, Long below) {
        return rows.first(
                // An id of an element has no comma.
                "select number, output::text from core.workflow_steps where org_id = ? and run_id = ?"
                        + " and element = any(string_to_array(?, ',')) and number < ? and state = 'completed'"
                        + " and output is not null order by number desc limit 1",
                row -> new Output(row.getLong("number"), Rows.json(row, "output")),
                actor.orgId(),
                run,
                String.join(",", elements),
                below == null ? Long.MAX_VALUE : below);
    }

    /** The number of the latest step of an element. */
    Optional<Long> latestNumber(Actor actor, UUID run, String element) {
        return rows.first(
                "select number from core.workflow_steps where org_id = ? and run_id = ? and element = ?"
                        + " order by number desc limit 1",
                row -> row.getLong(1),
                actor.orgId(),
                run,
                element);
    }

    /** Returns how often a run has completed an element. */
    long completions(Actor actor, UUID run, String element) {
        return rows.first(
                        "select count(*) from core.workflow_steps where org_id = ? and run_id = ? and element = ?"
                                + " and state = 'completed'",
                        row -> row.getLong(1),
                        actor.orgId(),
                        run,
                        element)
                .orElseThrow();
    }

    /** Returns the record of the latest failure of an element. */
    Optional<JsonNode> latestFailure(Actor actor, UUID run, String element) {
        return rows.first(
                "select output::text from core.workflow_steps where org_id = ? and run_id = ? and element = ?"
                        + " and state = 'failed' and output is not null order by number desc limit 1",
                row -> Rows.json(row, "output"),
                actor.orgId(),
                run,
                element);
    }

    /** Passes the output of the latest completed execution of each element, up to 1,000 elements. */
    void outputs(Actor actor, UUID run, BiConsumer<String, JsonNode> each) {
        rows.list(
                "select distinct on (element) element, output::text from core.workflow_steps"
                        + " where org_id = ? and run_id = ? and state = 'completed' and output is not null"
                        + " order by element, number desc limit 1000",
                row -> {
                    each.accept(row.getString(1), Rows.json(row, "output"));
                    return row.getString(1);
                },
                actor.orgId(),
                run);
    }
}
