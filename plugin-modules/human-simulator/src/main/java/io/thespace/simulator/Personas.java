package io.thespace.simulator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The personas to simulate. */
final class Personas {

    static final int MAX_PERSONAS = 10_000;

    private static final String ALL = "select id, name, think_factor, error_rate, thoroughness, uses, traits"
            + " from human_simulator.persona where org_id = ?";
    private static final UUID LAST = new UUID(-1L, -1L);

    private final Database database;

    Personas(Database database) {
        this.database = database;
    }

    private static PersonaView view(ResultSet row) throws SQLException {
        return new PersonaView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getBigDecimal("think_factor"),
                row.getBigDecimal("error_rate"),
                row.getBigDecimal("thoroughness"),
                Json.read(row.getString("uses"), new TypeReference<List<String>>() {}),
                Json.read(row.getString("traits"), new TypeReference<Map<String, JsonNode>>() {}));
    }

    /** The newest first. */
    Page<PersonaView> page(Actor actor, PageRequest page) throws SQLException {
        return database.transact(
                actor,
                connection -> Page.of(
                        Sql.list(
                                connection,
                                Personas::view,
                                ALL + " and id < ? order by id desc limit ?",
                                actor.orgId(),
                                page.after().map(UUID::fromString).orElse(LAST),
                                page.limit() + 1),
                        page.limit(),
                        persona -> persona.personaId().toString()));
    }

    /**
     * Returns a persona.
     *
     * @throws Rejection {@code PERSONA_NOT_FOUND}
     */
    PersonaView find(Actor actor, UUID id) throws SQLException {
        return database.transact(actor, connection -> find(connection, actor, id));
    }

    PersonaView find(Connection connection, Actor actor, UUID id) throws SQLException {
        return ifThere(connection, actor, id).orElseThrow(() -> notFound(id));
    }

    Optional<PersonaView> ifThere(Connection connection, Actor actor, UUID id) throws SQLException {
        return Sql.first(connection, Personas::view, ALL + " and id = ?", actor.orgId(), id);
    }

    static Rejection notFound(UUID id) {
        return new Rejection(SimulatorError.PERSONA_NOT_FOUND, "There is no persona %s.".formatted(id));
    }

    /**
     * Adds a persona.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code PERSONA_INVALID}, {@code NAME_TAKEN} or {@code TOO_MANY}
     */
    PersonaView add(Actor actor, PersonaOrder order) throws SQLException {
        HumanSimulator.requireReal(actor);
        check(order);
        return database.transact(actor, connection -> {
            HumanSimulator.requireRoom(
                    MAX_PERSONAS,
                    Sql.count(
                            connection, "select count(*) from human_simulator.persona where org_id = ?", actor.orgId()),
                    "personas");
            UUID id = UuidCreator.getTimeOrderedEpoch();
            int added = Sql.update(
                    connection,
                    "insert into human_simulator.persona"
                            + " (name, think_factor, error_rate, thoroughness, uses, traits, id, org_id)"
                            + " values (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?) on conflict (org_id, name) do nothing",
                    values(actor, id, order));
            if (added == 0) {
                throw taken(order.name());
            }
            return find(connection, actor, id);
        });
    }

    /**
     * Puts a persona in the place of another.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code PERSONA_INVALID}, {@code PERSONA_NOT_FOUND} or {@code NAME_TAKEN}
     */
    PersonaView change(Actor actor, UUID id, PersonaOrder order) throws SQLException {
        HumanSimulator.requireReal(actor);
        check(order);
        return database.transact(actor, connection -> {
            find(connection, actor, id);
            requireFree(connection, actor, order.name(), id);
            Sql.update(
                    connection,
                    "update human_simulator.persona set name = ?, think_factor = ?, error_rate = ?, thoroughness = ?,"
                            + " uses = ?::jsonb, traits = ?::jsonb where id = ? and org_id = ?",
                    values(actor, id, order));
            return find(connection, actor, id);
        });
    }

    /**
     * Removes a persona.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code PERSONA_NOT_FOUND} or {@code PERSONA_ADMITTED}
     */
    void remove(Actor actor, UUID id) throws SQLException {
        HumanSimulator.requireReal(actor);
        database.transact(actor, connection -> {
            PersonaView persona = find(connection, actor, id);
            if (Sql.count(connection, "select count(*) from human_simulator.admission where persona_id = ?", id) > 0) {
                throw new Rejection(
                        SimulatorError.PERSONA_ADMITTED,
                        "%s has a place in a run. Delete the admission first.".formatted(persona.name()));
            }
            return Sql.update(
                    connection, "delete from human_simulator.persona where id = ? and org_id = ?", id, actor.orgId());
        });
    }

    private static Object[] values(Actor actor, UUID id, PersonaOrder order) {
        return new Object[] {
            order.name(),
            Objects.requireNonNullElse(order.thinkFactor(), BigDecimal.ONE),
            Objects.requireNonNullElse(order.errorRate(), BigDecimal.ZERO),
            Objects.requireNonNullElse(order.thoroughness(), BigDecimal.ONE),
            Json.text(Objects.requireNonNullElse(order.uses(), List.of())),
            Json.text(Objects.requireNonNullElse(order.traits(), Map.of())),
            id,
            actor.orgId()
        };
    }

    private static void requireFree(Connection connection, Actor actor, String name, UUID own) throws SQLException {
        Optional<UUID> there = Sql.first(
                connection,
                row -> row.getObject(1, UUID.class),
                "select id from human_simulator.persona where org_id = ? and name = ?",
                actor.orgId(),
                name);
        if (there.isPresent() && !there.get().equals(own)) {
            throw taken(name);
        }
    }

    private static Rejection taken(String name) {
        return Rejection.of(SimulatorError.NAME_TAKEN, "name", "There is a persona %s already.".formatted(name));
    }

    private static void check(PersonaOrder order) {
        if (order.traits() == null) {
            return;
        }
        order.traits().forEach((name, value) -> {
            boolean single = value != null && value.isValueNode() && !value.isNull();
            if (!single
                    || !name.matches("[a-z][a-z0-9_]{0,62}")
                    || value.asText().length() > 200) {
                throw Rejection.of(
                        SimulatorError.PERSONA_INVALID,
                        "traits",
                        "traits needs names in snake_case, each with a short text, a number or a boolean.");
            }
        });
    }
}
