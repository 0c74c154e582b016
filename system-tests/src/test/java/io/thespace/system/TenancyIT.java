package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data of one organization does not exist for another. */
class TenancyIT {

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID ours = stage.organization();
    private final UUID theirs = stage.organization();
    private final Person ourUser = stage.fixtures().user(ours);
    private final Caller ourAdmin = space.as(stage.fixtures().admin(ours));
    private final Person theirUser = stage.fixtures().user(theirs);
    private final Caller theirAdmin = space.as(stage.fixtures().admin(theirs));
    private final Business business = new Business(ourAdmin);
    private final String account = business.open(ourUser, "USD", "100");
    private final String other = business.open(ourUser, "USD");
    private final String transaction = Business.transfer(space.as(ourUser), account, other, "1", "USD")
            .is(200)
            .text("transaction_id");
    private final String session = space.as(ourUser)
            .post("/api/plugins/mirrorcore/sessions", "title", "Ours")
            .is(201)
            .text("session_id");
    private final String turn = space.as(ourUser)
            .post("/api/plugins/mirrorcore/sessions/" + session + "/turns", "speaker", "Alice", "text", "Hello.")
            .is(201)
            .text("turn_id");

    private static final String SIMULATOR = "/api/plugins/human_simulator";
    private final Caller our = space.as(ourUser);
    private final String scenario = our.send(
                    "POST",
                    SIMULATOR + "/scenarios",
                    "{\"name\": \"ours\", \"steps\": [{\"name\": \"a\", \"method\": \"GET\", \"path\":"
                            + " \"/api/health\"}]}")
            .is(201)
            .text("name");
    private final String run = our.send(
                    "POST", SIMULATOR + "/runs", "{\"scenario\": \"ours\", \"admission\": {\"capacity\": 1}}")
            .is(201)
            .text("run_id");
    private final String persona =
            our.post(SIMULATOR + "/personas", "name", "Ours").is(201).text("persona_id");
    private final String admission = our.post(SIMULATOR + "/admissions", "run_id", run, "persona_id", persona)
            .is(201)
            .text("admission_id");
    private final String entry = our.post(
                    SIMULATOR + "/calendar",
                    "name",
                    "Ours",
                    "scenario",
                    "ours",
                    "zone",
                    "UTC",
                    "starts_at",
                    "2130-01-01T00:00:00")
            .is(201)
            .text("entry_id");

    private final String channel = ourAdmin.post(
                    "/api/control-center/channels",
                    "id",
                    "ours-" + UUID.randomUUID(),
                    "name",
                    "Ours",
                    "visibility",
                    "public")
            .is(201)
            .text("id");

    private final String invitation = ourAdmin.post("/api/control-center/invitations", "name", "Ours", "role", "member")
            .is(201)
            .get("invitation")
            .path("invitation_id")
            .asText();

    private final String webhook = ourAdmin.post("/api/system/webhooks", "url", "http://127.0.0.1:9/ours")
            .is(201)
            .get("webhook")
            .path("id")
            .asText();
    private final String delivery = ourAdmin.call("POST", "/api/system/webhooks/" + webhook + "/test")
            .is(200)
            .text("delivery_id");

    private final String context = our.send(
                    "POST", "/api/mcp/contexts", "{\"parts\": [{\"name\": \"query\", \"data\": \"Ours\"}]}")
            .is(201)
            .text("context_id");

    /**
     * An id of ours for each parameter that takes one. A new parameter has to be named here, so that no operation is
     * forgotten.
     */
    private Map<String, List<String>> ids() {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        ids.put("id", List.of(transaction, account, run, persona, admission, entry, session, webhook));
        ids.put("account_id", List.of(account));
        ids.put("run_id", List.of(run));
        ids.put("name", List.of(scenario));
        ids.put("session_id", List.of(session));
        ids.put("channel_id", List.of(channel));
        ids.put("invitation_id", List.of(invitation));
        ids.put("delivery_id", List.of(delivery));
        ids.put("context_id", List.of(context));
        return ids;
    }

    /** Parameters that name nothing of a tenant's. */
    private static final List<String> NAMES_NOTHING = List.of(
            "plugin",
            "action",
            "file",
            "path",
            "limit",
            "cursor",
            "type",
            "since",
            "until",
            "scope",
            "source",
            "outcome",
            "request_id",
            "user_id", // a filter: whom it names nobody tells
            "subject", // the same
            "state",
            "workflow_id", // a filter: an organization's own names
            "after",
            "replace",
            "plugin_id",
            "server", // the platform's own names
            "data",
            "export_id",
            "unread",
            "Authorization",
            "If-Match",
            "Idempotency-Key");

    Stream<Operation> everyOperation() {
        return Operation.of(space.anonymous().get("/api/openapi").is(200).json()).stream();
    }

    @ParameterizedTest
    @MethodSource("everyOperation")
    void ourIdsDoNotExistForThem(Operation operation) {
        JsonNode document = space.anonymous().get("/api/openapi").is(200).json();
        List<Caller> callers = List.of(theirAdmin, space.as(theirUser));
        for (JsonNode declared : operation.declaration().path("parameters")) {
            JsonNode parameter = declared.has("$ref")
                    ? document.at(declared.path("$ref").asText().substring(1))
                    : declared;
            String name = parameter.path("name").asText();
            if (NAMES_NOTHING.contains(name)) {
                continue;
            }
            assertThat(ids()).as("an id of ours for %s of %s", name, operation).containsKey(name);
            for (String id : ids().get(name)) {
                String unknown = UUID.randomUUID().toString();
                for (Caller caller : callers) {
                    Answer toOurs = call(operation, parameter, id, caller);
                    Answer toUnknown = call(operation, parameter, unknown, caller);
                    assertThat(toOurs.status())
                            .as("%s", toOurs)
                            .isEqualTo(toUnknown.status())
                            .isGreaterThanOrEqualTo(400);
                    assertThat(withoutRequestId(toOurs).replace(id, unknown)).isEqualTo(withoutRequestId(toUnknown));
                }
            }
        }
    }

    private Answer call(Operation operation, JsonNode parameter, String value, Caller caller) {
        String name = parameter.path("name").asText();
        String path = parameter.path("in").asText().equals("path")
                ? operation
                        .path()
                        .replace("{" + name + "}", value)
                        .replace("{user_id}", ourUser.id().toString())
                        .replace("{id}", webhook)
                        .replace("{delivery_id}", delivery)
                : operation.anyPath() + "?" + name + "=" + value;
        return operation.hasBody()
                ? caller.send(operation.method(), path, "{}")
                : caller.call(operation.method(), path);
    }

    private static String withoutRequestId(Answer answer) {
        return answer.body().replace(answer.header("X-Request-Id").orElseThrow(), "");
    }

    /** Ids in bodies: every such member of the plugin's requests. */
    @Test
    void ourIdsInBodiesDoNotExistForThem() {
        Business their = new Business(theirAdmin);
        String theirAccount = their.open(theirUser, "USD", "10");
        Caller theirCaller = space.as(theirUser);

        assertSame(id -> Business.transfer(theirCaller, theirAccount, id, "1", "USD"), account);
        assertSame(id -> Business.transfer(theirCaller, id, theirAccount, "1", "USD"), account);
        assertSame(id -> their.deposit(id, "1", "USD"), account);
        assertSame(
                id -> theirAdmin.post(Business.PATH + "/admin/accounts", "owner_user_id", id, "currency", "USD"),
                ourUser.id().toString());
        assertSame(their::reverse, transaction);
        String theirRun = theirCaller
                .send("POST", SIMULATOR + "/runs", "{\"scenario\": \"login\", \"admission\": {\"capacity\": 1}}")
                .is(201)
                .text("run_id");
        assertSame(id -> theirCaller.post(SIMULATOR + "/admissions", "run_id", theirRun, "persona_id", id), persona);
        assertSame(id -> theirCaller.post(SIMULATOR + "/simulate", "scenario", id), scenario);
    }

    private static void assertSame(java.util.function.Function<String, Answer> call, String id) {
        String unknown = UUID.randomUUID().toString();
        assertThat(call.apply(id).refused(404).replace(id, unknown))
                .isEqualTo(call.apply(unknown).refused(404));
    }

    @Test
    void listsShowOnlyTheirOwn() {
        // Of a third organization: what the others ask for by our ids is in their own audit trail.
        Caller strangeAdmin = space.as(stage.fixtures().admin(stage.fixtures().organization()));
        for (String path : List.of(
                Business.PATH + "/accounts",
                Business.PATH + "/transactions",
                Business.PATH + "/admin/users",
                Business.PATH + "/admin/invariants",
                "/api/plugins/mirrorcore/sessions",
                "/api/control-center/events",
                "/api/control-center/audit-events",
                "/api/control-center/invitations",
                "/api/frontend/notifications",
                "/api/frontend/dashboard",
                "/api/control-center/monitoring/business-metrics",
                "/api/control-center/monitoring/deep-health",
                "/api/control-center/services")) {
            String body = strangeAdmin.get(path).is(200).body();
            assertThat(body)
                    .as(path)
                    .doesNotContain(
                            account, transaction, session, turn, ourUser.id().toString(), ours.toString());
        }
        assertThat(ourAdmin.get("/api/control-center/events").is(200).body()).contains(transaction);
        Patience.within(Duration.ofSeconds(30), () -> assertThat(
                        ourAdmin.get("/api/control-center/audit-events").is(200).body())
                .contains(ourUser.id().toString()));
    }

    /** A query that forgets its predicate still shows nothing of another tenant's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "financial_business.account",
                "financial_business.transaction",
                "financial_business.entry",
                "human_simulator.persona",
                "human_simulator.scenario",
                "human_simulator.run",
                "human_simulator.admission",
                "human_simulator.calendar",
                "mirrorcore.session",
                "mirrorcore.speaker",
                "mirrorcore.turn",
                "core.events",
                "core.memberships",
                "core.sign_ins",
                "core.refresh_tokens"
            })
    void aForgottenPredicateShowsNothing(String table) throws SQLException {
        String everything = "select count(*) from " + table;
        String foreign = "select count(*) from " + table + " where org_id <> '" + theirs + "'";

        assertThat(stage.database().count(foreign)).isPositive();
        assertThat(asTenant(theirs, foreign)).isZero();
        assertThat(asTenant(null, everything)).isZero();
        assertThat(asTenant(ours, everything)).isPositive();
    }

    private long asTenant(UUID org, String query) throws SQLException {
        return stage.database()
                .asTenant(
                        org,
                        connection ->
                                Long.parseLong(Database.query(connection, query).get(0)));
    }

    @Test
    void nobodyWritesIntoAnotherTenant() {
        assertThatThrownBy(() -> stage.database()
                        .asTenant(
                                theirs,
                                connection -> Database.execute(
                                        connection,
                                        "insert into core.events"
                                                + " (id, org_id, type, source, subject, data, request_id, synthetic)"
                                                + " values (?, ?, 'x', 'x', 'x', '{}', 'x', false)",
                                        UUID.randomUUID(),
                                        ours)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("row-level security");
    }

    @Test
    void everyTableOfATenantIsGuarded() {
        List<String> guarded = stage.database()
                .query(
                        """
                        select c.oid::regclass::text from pg_class c
                        join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
                        join pg_namespace n on n.oid = c.relnamespace
                        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
                            and c.relrowsecurity
                            and exists (select 1 from pg_policy p where p.polrelid = c.oid)
                        """);
        List<String> all = stage.database()
                .query(
                        """
                        select c.oid::regclass::text from pg_class c
                        join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
                        join pg_namespace n on n.oid = c.relnamespace
                        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
                        """);

        assertThat(all).hasSizeGreaterThanOrEqualTo(8);
        List<String> unguarded = new ArrayList<>(all);
        unguarded.removeAll(guarded);
        assertThat(unguarded).isEmpty();
    }

    /**
     * A view runs as its owner, to whom no policy applies, and so would a needless {@code security definer} function.
     */
    @Test
    void theApplicationsRoleIsBoundByThePolicies() {
        String role = stage.instance().configuration().get(io.thespace.configuration.Key.DATABASE_APP_USER);

        assertThat(stage.database()
                        .query(
                                "select 1 from pg_roles where rolname = ? and (rolsuper or rolbypassrls or"
                                        + " rolcreaterole)",
                                role))
                .isEmpty();
        assertThat(stage.database()
                        .query(
                                "select c.oid::regclass::text from pg_class c join pg_roles r on r.oid = c.relowner"
                                        + " where r.rolname = ?",
                                role))
                .isEmpty();
        assertThat(stage.database()
                        .query("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid ="
                                + " c.relnamespace where c.relkind = 'v' and n.nspname in ('core',"
                                + " 'financial_business', 'mirrorcore') and not"
                                + " coalesce(c.reloptions::text like '%security_invoker=true%', false)"))
                .isEmpty();
    }
}
