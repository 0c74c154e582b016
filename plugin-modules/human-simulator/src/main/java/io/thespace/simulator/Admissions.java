package io.thespace.simulator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The admissions to planned runs, and their waiting lists. Every change locks the run's row. Whatever changes that
 * holds the run's row.
 */
final class Admissions {

    /** The maximum length of a run's waiting list. */
    static final int MAX_PER_RUN = 10_000;

    private static final String ALL = "select a.*, case when a.status = 'waiting' then (select count(*) from"
            + " human_simulator.admission b where b.run_id = a.run_id and b.status = 'waiting' and b.place <= a.place)"
            + " end as waiting from human_simulator.admission a where a.org_id = ?";
    private static final UUID LAST = new UUID(-1L, -1L);

    /** The capacity of a run. */
    private record Planned(String state, Integer capacity, List<Rule> rules) {}

    private final Database database;
    private final Personas personas;

    Admissions(Database database, Personas personas) {
        this.database = database;
        this.personas = personas;
    }

    private static AdmissionView view(ResultSet row) throws SQLException {
        return new AdmissionView(
                row.getObject("id", UUID.class),
                row.getObject("run_id", UUID.class),
                row.getObject("persona_id", UUID.class),
                row.getString("status"),
                row.getLong("place"),
                row.getObject("waiting", Long.class),
                Sql.instant(row, "created_at"));
    }

    /**
     * The newest first; those of one run by their places.
     *
     * @throws Rejection {@code RUN_NOT_FOUND}
     */
    Page<AdmissionView> page(Actor actor, Optional<UUID> runId, PageRequest page) throws SQLException {
        return database.transact(actor, connection -> {
            if (runId.isEmpty()) {
                return Page.of(
                        Sql.list(
                                connection,
                                Admissions::view,
                                ALL + " and a.id < ? order by a.id desc limit ?",
                                actor.orgId(),
                                page.after().map(UUID::fromString).orElse(LAST),
                                page.limit() + 1),
                        page.limit(),
                        admission -> admission.admissionId().toString());
            }
            planned(connection, actor, runId.get(), "");
            return Page.of(
                    Sql.list(
                            connection,
                            Admissions::view,
                            ALL + " and a.run_id = ? and a.place > ? order by a.place limit ?",
                            actor.orgId(),
                            runId.get(),
                            page.after().map(Long::valueOf).orElse(0L),
                            page.limit() + 1),
                    page.limit(),
                    admission -> String.valueOf(admission.place()));
        });
    }

    /**
     * Returns an admission.
     *
     * @throws Rejection {@code ADMISSION_NOT_FOUND}
     */
    AdmissionView find(Actor actor, UUID id) throws SQLException {
        return database.transact(actor, connection -> find(connection, actor, id));
    }

    private static AdmissionView find(Connection connection, Actor actor, UUID id) throws SQLException {
        return Sql.first(connection, Admissions::view, ALL + " and a.id = ?", actor.orgId(), id)
                .orElseThrow(() ->
                        new Rejection(SimulatorError.ADMISSION_NOT_FOUND, "There is no admission %s.".formatted(id)));
    }

    /**
     * Gives a persona a place, or the last one in the waiting list when there is none.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code PERSONA_NOT_FOUND}, {@code RUN_NOT_FOUND}, {@code TOO_MANY}, {@code
     *     RUN_TAKES_NO_ADMISSIONS}, {@code NOT_ELIGIBLE} or {@code ALREADY_ADMITTED}
     */
    AdmissionView add(Actor actor, AdmissionOrder order) throws SQLException {
        HumanSimulator.requireReal(actor);
        return database.transact(actor, connection -> {
            PersonaView persona = personas.find(connection, actor, order.personaId());
            Planned run = planned(connection, actor, order.runId(), " for update");
            HumanSimulator.requireRoom(
                    MAX_PER_RUN,
                    Sql.count(
                            connection,
                            "select count(*) from human_simulator.admission where run_id = ?",
                            order.runId()),
                    "admissions of one run");
            requireTaking(run);
            requireEligible(connection, run, order.runId(), persona);
            UUID id = UuidCreator.getTimeOrderedEpoch();
            long place = Sql.list(
                            connection,
                            row -> row.getLong(1),
                            "update human_simulator.run set places = places + 1 where id = ? returning places",
                            order.runId())
                    .get(0);
            boolean free = admitted(connection, order.runId()) < run.capacity;
            Sql.update(
                    connection,
                    "insert into human_simulator.admission (id, org_id, run_id, persona_id, place, status)"
                            + " values (?, ?, ?, ?, ?, ?)",
                    id,
                    actor.orgId(),
                    order.runId(),
                    order.personaId(),
                    place,
                    free ? "admitted" : "waiting");
            return find(connection, actor, id);
        });
    }

    /**
     * Transfers an admission to another persona, which keeps the place.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code PERSONA_NOT_FOUND}, {@code ADMISSION_NOT_FOUND}, {@code
     *     RUN_TAKES_NO_ADMISSIONS}, {@code NOT_ELIGIBLE} or {@code ALREADY_ADMITTED}
     */
    AdmissionView change(Actor actor, UUID id, AdmissionChange change) throws SQLException {
        HumanSimulator.requireReal(actor);
        return database.transact(actor, connection -> {
            AdmissionView before = find(connection, actor, id);
            PersonaView persona = personas.find(connection, actor, change.personaId());
            Planned run = planned(connection, actor, before.runId(), " for update");
            requireTaking(run);
            if (!before.personaId().equals(change.personaId())) {
                requireEligible(connection, run, before.runId(), persona);
                Sql.update(
                        connection,
                        "update human_simulator.admission set persona_id = ? where id = ?",
                        change.personaId(),
                        id);
            }
            return find(connection, actor, id);
        });
    }

    /**
     * Withdraws an admission, unless the run has started. A freed place in a planned run is given to the first persona
     * in the waiting list.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code ADMISSION_NOT_FOUND} or {@code RUN_TAKES_NO_ADMISSIONS}
     */
    void remove(Actor actor, UUID id) throws SQLException {
        HumanSimulator.requireReal(actor);
        database.transact(actor, connection -> {
            AdmissionView before = find(connection, actor, id);
            Planned run = planned(connection, actor, before.runId(), " for update");
            if (run.state.equals("queued") || run.state.equals("running")) {
                requireTaking(run);
            }
            int removed = Sql.update(connection, "delete from human_simulator.admission where id = ?", id);
            if (removed == 1 && run.state.equals("planned") && admitted(connection, before.runId()) < run.capacity) {
                Sql.update(
                        connection,
                        "update human_simulator.admission set status = 'admitted' where id = (select id from"
                                + " human_simulator.admission where run_id = ? and status = 'waiting' order by place limit 1)",
                        before.runId());
            }
            return null;
        });
    }

    private static long admitted(Connection connection, UUID runId) throws SQLException {
        return Sql.count(
                connection,
                "select count(*) from human_simulator.admission where run_id = ? and status = 'admitted'",
                runId);
    }

    private static Planned planned(Connection connection, Actor actor, UUID runId, String lock) throws SQLException {
        return Sql.first(
                        connection,
                        row -> new Planned(
                                row.getString(1),
                                row.getObject(2, Integer.class),
                                Json.read(row.getString(3), new TypeReference<List<Rule>>() {})),
                        "select state, capacity, eligibility from human_simulator.run where org_id = ? and id = ?"
                                + lock,
                        actor.orgId(),
                        runId)
                .orElseThrow(() -> Runs.notFound(runId));
    }

    private static void requireTaking(Planned run) {
        if (run.capacity == null || !run.state.equals("planned")) {
            throw new Rejection(
                    SimulatorError.RUN_TAKES_NO_ADMISSIONS,
                    run.capacity == null
                            ? "The run has no admissions. Create a run with \"admission\": {\"capacity\": …}."
                            : "The run is %s and takes no admissions any more.".formatted(run.state));
        }
    }

    private static void requireEligible(Connection connection, Planned run, UUID runId, PersonaView persona)
            throws SQLException {
        for (Rule rule : run.rules) {
            if (!rule.holds(persona)) {
                throw new Rejection(
                        SimulatorError.NOT_ELIGIBLE,
                        "%s does not satisfy the run's rule about %s.".formatted(persona.name(), rule.trait()));
            }
        }
        if (Sql.count(
                        connection,
                        "select count(*) from human_simulator.admission where run_id = ? and persona_id = ?",
                        runId,
                        persona.personaId())
                > 0) {
            throw new Rejection(
                    SimulatorError.ALREADY_ADMITTED,
                    "%s has a place in this run already, or waits for one.".formatted(persona.name()));
        }
    }
}
