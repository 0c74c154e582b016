package io.thespace.simulator;

import com.fasterxml.jackson.core.JsonPointer;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The scenarios: the shipped ones, and the organization's own. */
final class Scenarios {

    static final int MAX_SCENARIOS = 500;
    private static final List<String> SHIPPED = List.of("browse_plugins", "chat", "login", "transfer");

    /** Headers that requests set themselves, or that could spoof another origin. */
    private static final Set<String> NO_HEADERS = Set.of(
            "host",
            "connection",
            "content-length",
            "expect",
            "upgrade",
            "transfer-encoding",
            "x-request-id",
            "x-session-id",
            "forwarded",
            "x-forwarded-for");

    private final Database database;
    private final TreeMap<String, ScenarioOrder> shipped = new TreeMap<>();

    Scenarios(Database database) {
        this.database = database;
        for (String name : SHIPPED) {
            shipped.put(name, resource(name));
        }
    }

    private static ScenarioOrder resource(String name) {
        try (InputStream file = Scenarios.class.getResourceAsStream("scenarios/" + name + ".json")) {
            return Json.read(new String(file.readAllBytes(), StandardCharsets.UTF_8), ScenarioOrder.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the shipped scenarios and the organization's own, by name. */
    Page<ScenarioView> page(Actor actor, PageRequest page) throws SQLException {
        String after = page.after().orElse("");
        List<ScenarioView> rows = new ArrayList<>(database.transact(
                actor,
                connection -> Sql.list(
                        connection,
                        row -> ScenarioView.of(Json.read(row.getString(1), ScenarioOrder.class), false),
                        "select definition from human_simulator.scenario where org_id = ? and name collate \"C\" > ?"
                                + " order by name collate \"C\" limit ?",
                        actor.orgId(),
                        after,
                        page.limit() + 1)));
        shipped.tailMap(after, after.isEmpty()).values().forEach(each -> rows.add(ScenarioView.of(each, true)));
        rows.sort(Comparator.comparing(ScenarioView::name));
        return Page.of(rows.subList(0, Math.min(rows.size(), page.limit() + 1)), page.limit(), ScenarioView::name);
    }

    /**
     * Returns a scenario.
     *
     * @throws Rejection {@code SCENARIO_NOT_FOUND}
     */
    ScenarioView find(Actor actor, String name) throws SQLException {
        return database.transact(
                actor, connection -> ScenarioView.of(definition(connection, actor, name), shipped.containsKey(name)));
    }

    /**
     * Returns the current definition of a scenario.
     *
     * @throws Rejection {@code SCENARIO_NOT_FOUND}
     */
    ScenarioOrder definition(Connection connection, Actor actor, String name) throws SQLException {
        ScenarioOrder known = shipped.get(name);
        return known != null ? known : own(connection, actor, name).orElseThrow(() -> notFound(name));
    }

    private static Optional<ScenarioOrder> own(Connection connection, Actor actor, String name) throws SQLException {
        return Sql.first(
                connection,
                row -> Json.read(row.getString(1), ScenarioOrder.class),
                "select definition from human_simulator.scenario where org_id = ? and name = ?",
                actor.orgId(),
                name);
    }

    private static Rejection notFound(String name) {
        return new Rejection(
                SimulatorError.SCENARIO_NOT_FOUND,
                "There is no scenario %s. GET /api/plugins/human_simulator/scenarios lists those there are."
                        .formatted(name));
    }

    /**
     * Adds a scenario.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code SCENARIO_INVALID}, {@code SCENARIO_SHIPPED}, {@code NAME_TAKEN} or
     *     {@code TOO_MANY}
     */
    ScenarioView add(Actor actor, ScenarioOrder order) throws SQLException {
        HumanSimulator.requireReal(actor);
        check(order);
        requireOwn(order.name());
        return database.transact(actor, connection -> {
            if (own(connection, actor, order.name()).isPresent()) {
                throw Rejection.of(
                        SimulatorError.NAME_TAKEN, "name", "There is a scenario %s already.".formatted(order.name()));
            }
            HumanSimulator.requireRoom(
                    MAX_SCENARIOS,
                    Sql.count(
                            connection,
                            "select count(*) from human_simulator.scenario where org_id = ?",
                            actor.orgId()),
                    "scenarios");
            put(connection, actor, order);
            return ScenarioView.of(order, false);
        });
    }

    /**
     * Replaces the scenario of this name. Existing runs keep the definition with which they were requested.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code SCENARIO_INVALID}, {@code SCENARIO_NOT_FOUND} or {@code
     *     SCENARIO_SHIPPED}
     */
    ScenarioView change(Actor actor, String name, ScenarioOrder order) throws SQLException {
        HumanSimulator.requireReal(actor);
        check(order);
        if (!name.equals(order.name())) {
            throw Rejection.of(
                    SimulatorError.SCENARIO_INVALID, "name", "The name in the body must be that in the path.");
        }
        return database.transact(actor, connection -> {
            definition(connection, actor, name);
            requireOwn(name);
            put(connection, actor, order);
            return ScenarioView.of(order, false);
        });
    }

    /**
     * Removes a scenario.
     *
     * @throws Rejection {@code SYNTHETIC_CALLER}, {@code SCENARIO_NOT_FOUND} or {@code SCENARIO_SHIPPED}
     */
    void remove(Actor actor, String name) throws SQLException {
        HumanSimulator.requireReal(actor);
        database.transact(actor, connection -> {
            definition(connection, actor, name);
            requireOwn(name);
            return Sql.update(
                    connection,
                    "delete from human_simulator.scenario where org_id = ? and name = ?",
                    actor.orgId(),
                    name);
        });
    }

    private static void put(Connection connection, Actor actor, ScenarioOrder order) throws SQLException {
        Sql.update(
                connection,
                "insert into human_simulator.scenario (org_id, name, definition) values (?, ?, ?::jsonb)"
                        + " on conflict (org_id, name) do update set definition = excluded.definition, changed_at = now()",
                actor.orgId(),
                order.name(),
                Json.text(order));
    }

    private void requireOwn(String name) {
        if (shipped.containsKey(name)) {
            throw new Rejection(
                    SimulatorError.SCENARIO_SHIPPED,
                    "The scenario %s comes with the simulator. Copy it under another name.".formatted(name));
        }
    }

    private static void check(ScenarioOrder order) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < order.steps().size(); i++) {
            Step step = order.steps().get(i);
            String at = "steps[" + i + "].";
            require(names.add(step.name()), at + "name", "stands twice in the scenario");
            if (step.headers() != null) {
                step.headers().forEach((name, value) -> {
                    require(
                            name.matches("[A-Za-z0-9-]{1,64}")
                                    && !NO_HEADERS.contains(name.toLowerCase(Locale.ROOT))
                                    && !name.toLowerCase(Locale.ROOT).startsWith("sec-websocket-"),
                            at + "headers",
                            "may not hold " + name);
                    require(value != null, at + "headers", "needs a text for " + name);
                });
            }
            checkKind(step, at);
            if (step.capture() != null) {
                step.capture().forEach((name, pointer) -> {
                    require(Template.isName(name), at + "capture", "may not hold the name " + name);
                    require(isPointer(pointer), at + "capture", "needs a JSON Pointer for " + name);
                });
            }
            if (step.expect() != null && step.expect().checks() != null) {
                step.expect().checks().forEach(check -> check(check, at + "expect.checks"));
            }
        }
    }

    private static void checkKind(Step step, String at) {
        Step.Expectation expected = step.expect();
        boolean awaits = expected != null && expected.frame() != null;
        if (!step.isFrame()) {
            require(step.method() != null, at + "method", "is needed in an HTTP step");
            require(!awaits, at + "expect.frame", "is for steps of the kind websocket");
            require(
                    expected == null || expected.withinMillis() == null,
                    at + "expect.within_millis",
                    "is for steps of the kind websocket");
            return;
        }
        require(step.method() == null, at + "method", "is for HTTP steps");
        require(
                step.body() == null || step.body().isNull() || step.body().isObject(),
                at + "body",
                "must be a JSON object: a frame");
        require(expected == null || expected.status() == null, at + "expect.status", "is for HTTP steps");
        require(
                awaits || (step.capture() == null && (expected == null || expected.checks() == null)),
                at + "expect.frame",
                "must name the frame that is checked or captured from");
    }

    private static void check(Step.Check check, String at) {
        int questions =
                (check.equal() == null ? 0 : 1) + (check.exists() == null ? 0 : 1) + (check.matches() == null ? 0 : 1);
        require(questions == 1, at, "asks for one of equals, exists and matches");
        require(isPointer(check.pointer()), at, "needs a JSON Pointer");
        if (check.matches() != null) {
            try {
                Pattern.compile(check.matches());
            } catch (PatternSyntaxException e) {
                require(false, at, "has a regular expression that is none: " + e.getDescription());
            }
        }
    }

    private static boolean isPointer(String text) {
        try {
            JsonPointer.compile(text);
            return text != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean holds, String field, String fault) {
        if (!holds) {
            throw Rejection.of(SimulatorError.SCENARIO_INVALID, field, field + " " + fault + ".");
        }
    }
}
