package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Declared statuses of endpoints are compared with measured ones, and measuring has no effects. */
class EndpointStatusIT {

    private static final String PATH = "/api/control-center/endpoint-status";
    private static final String OPEN_ACCOUNT = "POST " + Business.PATH + "/admin/accounts";
    private static final String TRANSFER = "POST " + Business.PATH + "/transfer";

    /** The organization that probes come from, which there never is: but for here. */
    private static final UUID PROBES = UUID.fromString("00000000-0000-0000-0000-0070726f6265");

    /** The owner in the declared example of an account to open. */
    private static final UUID ALICE = UUID.fromString("018f9a3e-1c00-7a10-8b7e-6f3d2c1b0a01");

    private static final List<String> REHEARSED = List.of(
            OPEN_ACCOUNT,
            TRANSFER,
            "POST " + Business.PATH + "/admin/deposit",
            "POST " + Business.PATH + "/transactions/{id}/reverse",
            "POST /api/control-center/catalog/import",
            "POST /api/plugins/human_simulator/runs",
            "POST /api/plugins/human_simulator/runs/{id}/start",
            "POST /api/plugins/human_simulator/runs/{id}/stop",
            "DELETE /api/plugins/human_simulator/runs/{id}",
            "POST /api/plugins/human_simulator/scenarios",
            "PUT /api/plugins/human_simulator/scenarios/{name}",
            "DELETE /api/plugins/human_simulator/scenarios/{name}",
            "POST /api/plugins/human_simulator/personas",
            "PUT /api/plugins/human_simulator/personas/{id}",
            "DELETE /api/plugins/human_simulator/personas/{id}",
            "POST /api/plugins/human_simulator/admissions",
            "PUT /api/plugins/human_simulator/admissions/{id}",
            "DELETE /api/plugins/human_simulator/admissions/{id}",
            "POST /api/plugins/human_simulator/calendar",
            "POST /api/plugins/human_simulator/calendar/import",
            "PUT /api/plugins/human_simulator/calendar/{id}",
            "DELETE /api/plugins/human_simulator/calendar/{id}",
            "POST /api/plugins/mirrorcore/measure",
            "POST /api/plugins/mirrorcore/sessions",
            "PUT /api/plugins/mirrorcore/sessions/{id}",
            "DELETE /api/plugins/mirrorcore/sessions/{id}",
            "POST /api/plugins/mirrorcore/sessions/{id}/turns",
            "POST /api/plugins/mirrorcore/sessions/{id}/complete",
            "PUT /api/plugins/mirrorcore/settings");

    private static final Duration SOON = Duration.ofSeconds(40);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final Database database = stage.database();
    private final UUID org = stage.fixtures().organization();
    private final Person adminPerson = stage.fixtures().admin(org);
    private final Caller admin = space.as(adminPerson);
    private final Business business = new Business(admin);

    private static Map<String, JsonNode> lines(JsonNode status) {
        Map<String, JsonNode> lines = new LinkedHashMap<>();
        List<JsonNode> parts = new ArrayList<>(List.of(status.path("platform")));
        status.path("plugins").forEach(parts::add);
        for (JsonNode part : parts) {
            for (JsonNode line : part.path("endpoints")) {
                lines.put(line.path("method").asText() + " " + line.path("path").asText(), line);
            }
        }
        return lines;
    }

    private JsonNode line(String operation) {
        JsonNode line = lines(admin.get(PATH).is(200).json()).get(operation);
        assertThat(line).as(operation).isNotNull();
        return line;
    }

    /**
     * Asks for a round of probes and waits for its end; twice, since the first end can be that of a round that had
     * begun before.
     */
    private JsonNode probe() {
        round();
        return round();
    }

    private JsonNode round() {
        Instant asked = Instant.now();
        admin.call("POST", PATH + "/probe").is(204);
        Patience.within(SOON, () -> assertThat(probedAt()).isAfter(asked.plusMillis(1)));
        return admin.get(PATH).is(200).json();
    }

    private Instant probedAt() {
        String text = admin.get(PATH).is(200).get("probed_at").asText();
        return text.equals("null") ? Instant.MIN : Instant.parse(text);
    }

    /** What the platform can call by itself: it reads and needs no id without an example, or says that it is rehearsed. */
    private List<String> probed() {
        List<String> probed = new ArrayList<>(REHEARSED);
        for (Operation operation : Operation.all(space)) {
            boolean callable = true;
            for (JsonNode parameter : operation.declaration().path("parameters")) {
                callable &= !parameter.path("in").asText().equals("path") || parameter.has("example");
            }
            if (operation.method().equals("GET") && callable) {
                probed.add(operation.toString());
            }
        }
        return probed;
    }

    @Test
    void everyEndpointIsListedWithItsSums() {
        JsonNode status = admin.get(PATH).is(200).hasManners().json();
        Map<String, JsonNode> lines = lines(status);

        assertThat(lines.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Operation.all(space).stream().map(Operation::toString).toList());
        for (String side : List.of("declared", "measured")) {
            Map<String, Integer> counted = new LinkedHashMap<>();
            lines.values().forEach(line -> counted.merge(line.path(side).asText(), 1, Integer::sum));
            status.path("summary").path(side).properties().forEach(sum -> assertThat(
                            sum.getValue().asInt())
                    .as("%s %s", side, sum.getKey())
                    .isEqualTo(counted.getOrDefault(sum.getKey(), 0)));
        }
        assertThat(status.path("plugins").findValuesAsText("plugin")).contains("financial_business");
        space.as(stage.fixtures().user(org)).get(PATH).refused(403);
        space.as(stage.fixtures().user(org)).call("POST", PATH + "/probe").refused(403);
    }

    /** Nobody has to call them: the node does, and so by itself after its start. */
    @Test
    void whatIsSafeToCallTurnsToWorkingByItself() {
        List<String> probed = probed();
        assertThat(probed).hasSizeGreaterThan(20);

        Patience.within(SOON, () -> {
            Map<String, JsonNode> lines = lines(admin.get(PATH).is(200).json());
            assertThat(probed).allSatisfy(operation -> assertThat(
                            lines.get(operation).path("measured").asText())
                    .as("%s", lines.get(operation))
                    .isEqualTo("working"));
        });
    }

    @Test
    void probesAreMadeWhenAskedForAndLeaveNothingBehind() {
        Instant before = Instant.now().minusMillis(1);
        Map<String, JsonNode> lines = lines(probe());

        for (String operation : probed()) {
            JsonNode line = lines.get(operation);
            assertThat(line.path("measured").asText()).as("%s", line).isEqualTo("working");
            assertThat(Instant.parse(line.path("last_within_contract_at").asText()))
                    .as("%s", line)
                    .isAfterOrEqualTo(before);
            if (!operation.endsWith(PATH) && !operation.endsWith("/openapi")) {
                assertThat(line.path("by").asText()).as("%s", line).isEqualTo("probe");
            }
        }
        noRowIsLeft();
    }

    /** Signing out, signing in and refreshing have lasting effects, so they are not probed. */
    @Test
    void whatCannotBeRolledBackIsNeverProbed() {
        Map<String, JsonNode> lines = lines(probe());

        assertThat(lines).allSatisfy((operation, line) -> {
            if (!operation.startsWith("GET ") && !REHEARSED.contains(operation)) {
                assertThat(line.path("by").asText()).as("%s", line).isNotEqualTo("probe");
                assertThat(line.path("failure").asText()).as("%s", line).doesNotContain("probe-");
            }
        });
    }

    /**
     * A rehearsed write runs to its last statement, and is undone: with an organization for it to succeed in, a trigger counts
     * by a sequence, which no rollback turns back.
     */
    @Test
    void aRehearsedWriteIsTriedAndUndone() {
        inTheProbesOrganization("perform nextval('core.system_test_rehearsals');", () -> {
            Map<String, JsonNode> lines = lines(probe());

            assertThat(lines.get(OPEN_ACCOUNT).path("measured").asText())
                    .as("%s", lines.get(OPEN_ACCOUNT))
                    .isEqualTo("working");
            assertThat(database.query("select is_called from core.system_test_rehearsals"))
                    .containsExactly("t");
            assertThat(database.count("select count(*) from financial_business.account where org_id = ?", PROBES))
                    .isZero();
        });
        noRowIsLeft();
    }

    @Test
    void aBrokenEndpointIsSeenAndMendedIsSeenToo() {
        Instant before = Instant.now().minusMillis(1);
        inTheProbesOrganization("raise exception 'The system test lets this fail';", () -> {
            probe();
            Answer answer = admin.get(PATH).is(200);
            answer.leaksNothing();
            JsonNode line = lines(answer.json()).get(OPEN_ACCOUNT);
            assertThat(line.path("measured").asText()).as("%s", line).isEqualTo("failing");
            assertThat(line.path("failure").asText())
                    .contains("request id probe-")
                    .endsWith(".")
                    .doesNotContain("system test");
            assertThat(Instant.parse(line.path("last_failure_at").asText())).isAfter(before);
            assertThat(answer.json().at("/summary/measured/failing").asInt()).isPositive();
        });

        probe();
        JsonNode line = line(OPEN_ACCOUNT);
        assertThat(line.path("measured").asText()).as("%s", line).isEqualTo("working");
        assertThat(line.path("failure").asText()).as("%s", line).contains("probe-");
    }

    @Test
    void trafficIsEvidenceToo() {
        String from = business.open(adminPerson, "USD", "10");
        String to = business.open(adminPerson, "USD");
        database.execute("create function core.system_test_fails() returns trigger language plpgsql as"
                + " $$ begin raise exception 'The system test lets this fail'; end $$");
        database.execute("grant execute on function core.system_test_fails() to public");
        database.execute(
                "create trigger system_test before insert on financial_business.entry for each row when (new.org_id = '%s')"
                                .formatted(org)
                        + " execute function core.system_test_fails()");
        try {
            Answer refused = Business.transfer(admin, from, to, "1", "USD");
            refused.refused(500);
            JsonNode line = line(TRANSFER);
            assertThat(line.path("measured").asText()).as("%s", line).isEqualTo("failing");
            assertThat(line.path("failure").asText())
                    .contains(refused.header("X-Request-Id").orElseThrow());
        } finally {
            database.execute("drop trigger system_test on financial_business.entry");
            database.execute("drop function core.system_test_fails()");
        }

        // What a client did wrong is not the endpoint's fault, nor its merit.
        Business.transfer(admin, from, to, "\"much\"", "USD").refused(400);
        assertThat(line(TRANSFER).path("measured").asText()).isEqualTo("failing");

        Business.transfer(admin, from, to, "1000", "USD").refused(400);
        JsonNode line = line(TRANSFER);
        assertThat(line.path("measured").asText())
                .as("after a declared refusal: %s", line)
                .isEqualTo("working");
        assertThat(line.path("by").asText()).isEqualTo("traffic");
    }

    private void noRowIsLeft() {
        List<String> tables = database.query(
                """
                select c.oid::regclass::text from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
                join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
                """);
        assertThat(tables).hasSizeGreaterThanOrEqualTo(8).allSatisfy(table -> assertThat(
                        database.count("select count(*) from " + table + " where org_id = ?", PROBES))
                .as(table)
                .isZero());
    }

    /** Does something while probes have an organization in which an account can be opened, which a trigger watches. */
    private void inTheProbesOrganization(String trigger, Runnable work) {
        database.execute("insert into core.organizations (id, name, created_at) values (?, 'Probes', now())", PROBES);
        database.execute(
                "insert into core.users (id, email, name, created_at) values (?, 'alice@example.com', 'Alice', now())",
                ALICE);
        database.execute(
                "insert into core.memberships (id, org_id, user_id, role, created_at) values (?, ?, ?, 'member', now())",
                UUID.randomUUID(),
                PROBES,
                ALICE);
        database.execute("create sequence core.system_test_rehearsals");
        database.execute(
                "create function core.system_test_watches() returns trigger language plpgsql security definer as $$ begin "
                        + trigger + " return new; end $$");
        database.execute("grant execute on function core.system_test_watches() to public");
        database.execute(
                "create trigger system_test before insert on financial_business.account for each row when (new.org_id = '%s')"
                                .formatted(PROBES)
                        + " execute function core.system_test_watches()");
        try {
            work.run();
        } finally {
            database.execute("drop trigger system_test on financial_business.account");
            database.execute("drop function core.system_test_watches()");
            database.execute("drop sequence core.system_test_rehearsals");
            database.execute("delete from core.memberships where org_id = ?", PROBES);
            database.execute("delete from core.users where id = ?", ALICE);
            database.execute("delete from core.organizations where id = ?", PROBES);
        }
    }
}
