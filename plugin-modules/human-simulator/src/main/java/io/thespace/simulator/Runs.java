package io.thespace.simulator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The past, current and planned runs. */
final class Runs {

    /** The maximum of planned, queued and running runs of one organization. */
    static final int MAX_OPEN = 100;

    static final int LEASE_SECONDS = 15;
    static final int KEPT_DAYS = 90;

    /** Numbers that every JSON parser reads exactly. */
    private static final long SEEDS = 1L << 53;

    private static final String ALL = "select * from human_simulator.run where org_id = ?";
    private static final UUID LAST = new UUID(-1L, -1L);

    /** A run that a node has taken. */
    record Claimed(UUID runId, UUID orgId) {}

    /** All that it takes to make a run. */
    record Task(
            UUID runId,
            Actor actor,
            ScenarioOrder scenario,
            int users,
            int concurrency,
            long seed,
            int limitSeconds,
            List<PersonaView> personas) {}

    private final Database database;
    private final Events events;
    private final Scenarios scenarios;
    private final Personas personas;

    Runs(Database database, Events events, Scenarios scenarios, Personas personas) {
        this.database = database;
        this.events = events;
        this.scenarios = scenarios;
        this.personas = personas;
    }

    private static RunView view(ResultSet row) throws SQLException {
        String result = row.getString("result");
        RunResult soFar = result == null ? RunResult.NONE : Json.read(result, RunResult.class);
        String state = row.getString("state");
        boolean ended = row.getObject("ended_at") != null;
        return new RunView(
                row.getObject("id", UUID.class),
                row.getString("scenario"),
                state,
                row.getString("reason"),
                row.getInt("users"),
                row.getInt("concurrency"),
                row.getLong("seed"),
                row.getInt("limit_seconds"),
                row.getObject("capacity", Integer.class),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "started_at"),
                Sql.instant(row, "ended_at"),
                ended ? state.equals("completed") && soFar.failedSessions() == 0 : null,
                soFar);
    }

    /** The newest first. */
    Page<RunView> page(Actor actor, PageRequest page) throws SQLException {
        return database.transact(
                actor,
                connection -> Page.of(
                        Sql.list(
                                connection,
                                Runs::view,
                                ALL + " and id < ? order by id desc limit ?",
                                actor.orgId(),
                                page.after().map(UUID::fromString).orElse(LAST),
                                page.limit() + 1),
                        page.limit(),
                        run -> run.runId().toString()));
    }

    /**
     * Returns a run with its result so far.
     *
     * @throws Rejection {@code RUN_NOT_FOUND}
     */
    RunView find(Actor actor, UUID id) throws SQLException {
        return database.transact(actor, connection -> find(connection, actor, id, ""));
    }

    private static RunView find(Connection connection, Actor actor, UUID id, String lock) throws SQLException {
        return Sql.first(connection, Runs::view, ALL + " and id = ?" + lock, actor.orgId(), id)
                .orElseThrow(() -> notFound(id));
    }

    static Rejection notFound(UUID id) {
        return new Rejection(SimulatorError.RUN_NOT_FOUND, "There is no run %s.".formatted(id));
    }

    /**
     * Requests a run: a node starts it within a second, or it waits for admissions.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code RULE_INVALID}, {@code RUN_TOO_LARGE}, {@code SCENARIO_NOT_FOUND},
     *     {@code PERSONA_NOT_FOUND} or {@code TOO_MANY}
     */
    RunView add(Actor actor, RunOrder order) throws SQLException {
        return database.transact(
                actor, connection -> add(connection, actor, order, order.admission() == null ? "queued" : "planned"));
    }

    /** As {@link #add}, for a calendar entry whose transaction this is. */
    RunView queue(Connection connection, Actor actor, RunOrder order) throws SQLException {
        return add(connection, actor, order, "queued");
    }

    /** As {@link #add}, taken by a node at once. */
    RunView begin(Actor actor, RunOrder order, UUID node) throws SQLException {
        return database.transact(actor, connection -> {
            RunView run = add(connection, actor, order, "queued");
            Sql.update(
                    connection,
                    "update human_simulator.run set state = 'running', node = ?, started_at = now(),"
                            + " leased_until = now() + make_interval(secs => ?) where id = ?",
                    node,
                    LEASE_SECONDS,
                    run.runId());
            return run;
        });
    }

    private RunView add(Connection connection, Actor actor, RunOrder order, String state) throws SQLException {
        HumanSimulator.requireReal(actor);
        RunOrder.Places places = order.admission();
        List<Rule> rules =
                places == null ? List.of() : Objects.requireNonNullElse(places.eligibility(), List.<Rule>of());
        for (Rule rule : rules) {
            if (!rule.wellFormed()) {
                throw Rejection.of(
                        SimulatorError.RULE_INVALID,
                        "admission.eligibility",
                        "The rule about %s needs a value that it can be compared with.".formatted(rule.trait()));
            }
        }
        if (places != null && (order.users() != null || order.personas() != null)) {
            throw Rejection.of(
                    SimulatorError.RUN_TOO_LARGE,
                    "admission",
                    "A run with admission has as many users as are admitted: leave out users and personas.");
        }
        ScenarioOrder scenario = scenarios.definition(connection, actor, order.scenario());
        List<UUID> who = Objects.requireNonNullElse(order.personas(), List.<UUID>of());
        for (UUID persona : who) {
            personas.find(connection, actor, persona);
        }
        HumanSimulator.requireRoom(
                MAX_OPEN,
                Sql.count(
                        connection,
                        "select count(*) from human_simulator.run where org_id = ? and ended_at is null",
                        actor.orgId()),
                "runs under way");
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Sql.update(
                connection,
                "insert into human_simulator.run (id, org_id, scenario, definition, users, concurrency, seed,"
                        + " limit_seconds, persona_ids, capacity, eligibility, state, requested_by, request_id)"
                        + " values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?::jsonb, ?::integer, ?::jsonb, ?, ?::uuid, ?)",
                id,
                actor.orgId(),
                scenario.name(),
                Json.text(scenario),
                places == null ? order.sessions() : 0,
                order.atOnce(),
                order.seed() == null ? ThreadLocalRandom.current().nextLong(SEEDS) : order.seed(),
                order.limitSeconds() == null ? 300 : order.limitSeconds(),
                Json.text(who),
                places == null ? null : places.capacity(),
                Json.text(rules),
                state,
                actor.userId(),
                actor.requestId());
        return find(connection, actor, id, "");
    }

    /**
     * Starts a planned run with the admitted personas, in the order of their places.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code RUN_NOT_FOUND}, {@code RUN_TAKES_NO_ADMISSIONS} or {@code
     *     NOBODY_ADMITTED}
     */
    RunView start(Actor actor, UUID id) throws SQLException {
        HumanSimulator.requireReal(actor);
        return database.transact(actor, connection -> {
            RunView run = find(connection, actor, id, " for update");
            if (!run.state().equals("planned")) {
                throw new Rejection(
                        SimulatorError.RUN_TAKES_NO_ADMISSIONS,
                        "The run is %s; only a planned one is started.".formatted(run.state()));
            }
            List<UUID> admitted = Sql.list(
                    connection,
                    row -> row.getObject(1, UUID.class),
                    "select persona_id from human_simulator.admission where run_id = ? and status = 'admitted'"
                            + " order by place",
                    id);
            if (admitted.isEmpty()) {
                throw new Rejection(
                        SimulatorError.NOBODY_ADMITTED, "No persona is admitted. Admit one with POST /admissions.");
            }
            Sql.update(
                    connection,
                    "update human_simulator.run set state = 'queued', users = ?, persona_ids = ?::jsonb where id = ?",
                    admitted.size(),
                    Json.text(admitted),
                    id);
            return find(connection, actor, id, "");
        });
    }

    /**
     * Stops a run: one that has not begun at once, one that runs within a second. One that has ended stays as it is.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER} or {@code RUN_NOT_FOUND}
     */
    RunView stop(Actor actor, UUID id) throws SQLException {
        HumanSimulator.requireReal(actor);
        return database.transact(actor, connection -> {
            find(connection, actor, id, " for update");
            Sql.update(connection, "update human_simulator.run set stop = true where id = ? and state = 'running'", id);
            Sql.update(
                    connection,
                    "update human_simulator.run set state = 'stopped', ended_at = now(),"
                            + " reason = 'It was stopped before it began.' where id = ? and state in ('planned', 'queued')",
                    id);
            return find(connection, actor, id, "");
        });
    }

    /**
     * Removes a run with its admissions and its result.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code RUN_NOT_FOUND} or {@code RUN_UNDER_WAY}
     */
    void remove(Actor actor, UUID id) throws SQLException {
        HumanSimulator.requireReal(actor);
        database.transact(actor, connection -> {
            RunView run = find(connection, actor, id, " for update");
            if (run.state().equals("queued") || run.state().equals("running")) {
                throw new Rejection(
                        SimulatorError.RUN_UNDER_WAY, "The run is %s. Stop it first.".formatted(run.state()));
            }
            return Sql.update(connection, "delete from human_simulator.run where id = ?", id);
        });
    }

    /**
     * Takes a queued run for a node, of the organization with the fewest running ones.
     *
     * @param except the organizations of which none is taken
     */
    Optional<Claimed> claim(UUID node, Collection<UUID> except) throws SQLException {
        String organizations = except.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
        return database.transact(
                HumanSimulator.PLATFORM,
                connection -> Sql.first(
                        connection,
                        row -> new Claimed(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
                        "select run_id, run_org from human_simulator.claim_run(?, ?, ?::uuid[])",
                        node,
                        LEASE_SECONDS,
                        organizations));
    }

    /**
     * The content of a claimed run, without personas that were deleted meanwhile. Its actor is the user who requested
     * it, marked as synthetic.
     */
    Task task(Claimed claimed) throws SQLException {
        Actor platform = Actor.platform(claimed.orgId(), "simulator");
        return database.transact(platform, connection -> Sql.first(
                        connection,
                        row -> task(connection, row, claimed, platform),
                        ALL + " and id = ?",
                        claimed.orgId(),
                        claimed.runId())
                .orElseThrow(() -> notFound(claimed.runId())));
    }

    private Task task(Connection connection, ResultSet row, Claimed claimed, Actor platform) throws SQLException {
        List<PersonaView> walkers = new ArrayList<>();
        for (UUID id : Json.read(row.getString("persona_ids"), new TypeReference<List<UUID>>() {})) {
            personas.ifThere(connection, platform, id).ifPresent(walkers::add);
        }
        Actor actor = new Actor(
                claimed.orgId(),
                row.getObject("requested_by", UUID.class),
                Role.USER,
                null,
                row.getString("request_id"),
                null,
                null,
                true);
        return new Task(
                claimed.runId(),
                actor,
                Json.read(row.getString("definition"), ScenarioOrder.class),
                row.getInt("users"),
                row.getInt("concurrency"),
                row.getLong("seed"),
                row.getInt("limit_seconds"),
                walkers.isEmpty() ? List.of(PersonaView.ANYBODY) : walkers);
    }

    /**
     * Renews the lease of a run and stores its progress.
     *
     * @return whether to continue: it was neither stopped nor ended as interrupted by another node
     */
    boolean renew(Task task, UUID node, RunResult result) throws SQLException {
        return database.transact(task.actor(), connection -> Sql.first(
                        connection,
                        row -> !row.getBoolean(1),
                        "update human_simulator.run set leased_until = now() + make_interval(secs => ?),"
                                + " result = ?::jsonb where id = ? and node = ? and state = 'running' returning stop",
                        LEASE_SECONDS,
                        Json.text(result),
                        task.runId(),
                        node)
                .orElse(false));
    }

    /** Ends a run of this node's; one that was ended meanwhile stays as it is. */
    void end(Task task, UUID node, String state, String reason, RunResult result) throws SQLException {
        database.transact(
                task.actor(),
                connection -> Sql.update(
                        connection,
                        "update human_simulator.run set state = ?, reason = ?, result = ?::jsonb, ended_at = now(),"
                                + " leased_until = null where id = ? and node = ? and state = 'running'",
                        state,
                        reason,
                        Json.text(result),
                        task.runId(),
                        node));
    }

    /** Ends the runs of nodes that died. */
    int endInterrupted() throws SQLException {
        return database.transact(HumanSimulator.PLATFORM, connection ->
                (int) Sql.count(connection, "select human_simulator.end_interrupted()"));
    }

    /** Deletes runs that ended long ago. */
    int purge() throws SQLException {
        return database.transact(HumanSimulator.PLATFORM, connection ->
                (int) Sql.count(connection, "select human_simulator.purge_runs(?, 1000)", KEPT_DAYS));
    }

    /** Publishes an event of a run, in the organization that requested it. */
    void tell(Task task, EventType type, Object data) throws SQLException {
        database.transact(task.actor(), connection -> {
            events.publish(task.actor(), type, task.runId().toString(), data);
            return null;
        });
    }
}
