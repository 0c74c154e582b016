package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every change and attempted change is audited, exactly when it happens, and the record cannot be altered. */
class AuditIT {

    private static final String EVENTS = "/api/control-center/audit-events";
    private static final String TRANSFER = Business.PATH + "/transfer";

    /** A record has its place in the chain a second after it was written; a busy machine takes longer. */
    private static final Duration SEALED = Duration.ofSeconds(30);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person alicePerson = stage.fixtures().user(org);
    private final Person adminPerson = stage.fixtures().admin(org);
    private final Caller alice = space.as(alicePerson);
    private final Caller admin = space.as(adminPerson);
    private final Business business = new Business(admin);
    private final String from = business.open(alicePerson, "USD", "100");
    private final String to = business.open(alicePerson, "USD");

    /** Waits for the expected number of records of a request. */
    private List<JsonNode> records(String requestId, int count) {
        return records(admin, "request_id=" + requestId, count);
    }

    private static List<JsonNode> records(Caller caller, String query, int count) {
        List<JsonNode> records = new ArrayList<>();
        Patience.within(SEALED, () -> {
            records.clear();
            caller.get(EVENTS + "?" + query).is(200).get("items").forEach(records::add);
            assertThat(records).hasSize(count);
        });
        return records;
    }

    private static Caller named(Caller caller, String requestId) {
        return caller.with("X-Request-Id", requestId);
    }

    private static String request() {
        return "audit-" + UUID.randomUUID();
    }

    @Test
    void aTransferIsWrittenDown() {
        String request = request();
        Business.transfer(named(alice, request), from, to, "10", "USD").is(200);

        JsonNode record = records(request, 1).get(0);

        assertThat(record.path("user_id").asText()).isEqualTo(alicePerson.id().toString());
        assertThat(record.path("org_id").asText()).isEqualTo(org.toString());
        assertThat(record.path("role").asText()).isEqualTo("user");
        assertThat(record.path("sign_in_id").asText()).hasSize(36);
        assertThat(record.path("address").asText()).isNotEmpty();
        assertThat(record.path("method").asText() + " " + record.path("path").asText())
                .isEqualTo("POST " + TRANSFER);
        assertThat(record.path("source").asText()).isEqualTo("financial_business");
        assertThat(record.path("outcome").asText()).isEqualTo("done");
        assertThat(record.path("status").asInt()).isEqualTo(200);
        assertThat(record.path("request_digest").asText()).hasSize(64);
        assertThat(record.path("answer_digest").asText()).hasSize(64);
        assertThat(record.toString()).doesNotContain(from, to);
    }

    /** The same content gives the same digest, however it is written. */
    @Test
    void aReplayIsToldFromTheDeed() {
        String request = request();
        Caller once = named(alice, request).once(UUID.randomUUID().toString());
        Business.transfer(once, from, to, "1", "USD").is(200);
        Business.transfer(once, from, to, "1.00", "USD").is(200);

        List<JsonNode> records = records(request, 2);

        assertThat(records)
                .extracting(record -> record.path("outcome").asText())
                .containsExactlyInAnyOrder("done", "replayed");
        assertThat(records)
                .extracting(record -> record.path("request_digest").asText())
                .containsOnly(records.get(0).path("request_digest").asText());
    }

    @Test
    void aTransferThatIsRolledBackLeavesNoSuccess() {
        String request = request();
        stage.database()
                .execute(
                        """
                        create or replace function core.audit_test_fails() returns trigger language plpgsql as $$
                        begin
                            raise exception 'The system test lets this fail';
                        end
                        $$
                        """);
        stage.database()
                .execute("create constraint trigger audit_test after insert on financial_business.entry"
                        + " deferrable initially deferred for each row when (new.org_id = '" + org
                        + "') execute function core.audit_test_fails()");
        try {
            Business.transfer(named(alice, request), from, to, "10", "USD").refused(500);
        } finally {
            stage.database().execute("drop trigger audit_test on financial_business.entry");
            stage.database().execute("drop function core.audit_test_fails()");
        }

        JsonNode record = records(request, 1).get(0);

        assertThat(record.path("outcome").asText()).isEqualTo("failed");
        assertThat(record.path("error").asText()).isEqualTo("DEFECT");
    }

    @Test
    void aTransferWhoseRecordCannotBeWrittenDoesNotHappen() {
        BigDecimal before = Business.balance(alice, from);
        stage.database()
                .execute("alter table core.audit_inbox add constraint system_test check (org_id <> '" + org
                        + "') not valid");
        try {
            Business.transfer(alice, from, to, "10", "USD").refused(500);
        } finally {
            stage.database().execute("alter table core.audit_inbox drop constraint system_test");
        }

        assertThat(Business.balance(alice, from)).isEqualTo(before);
    }

    @Test
    void refusalsAreWrittenDown() {
        String tooMuch = request();
        Business.transfer(named(alice, tooMuch), from, to, "1000", "USD").refused(400);
        String notAllowed = request();
        named(alice, notAllowed)
                .call("POST", Business.PATH + "/transactions/" + from + "/reverse")
                .refused(403);
        String notJson = request();
        named(alice, notJson)
                .send("POST", TRANSFER, java.net.http.HttpRequest.BodyPublishers.ofString("x"), "text/plain")
                .refused(415);
        String nothing = request();
        named(alice, nothing).get(Business.PATH + "/admin/users").refused(403);

        JsonNode broke = records(tooMuch, 1).get(0);
        assertThat(broke.path("outcome").asText()).isEqualTo("refused");
        assertThat(broke.path("kind").asText()).isEqualTo("INVALID");
        assertThat(broke.path("error").asText()).isEqualTo("INSUFFICIENT_FUNDS");
        assertThat(broke.path("request_digest").asText()).hasSize(64);
        JsonNode forbidden = records(notAllowed, 1).get(0);
        assertThat(forbidden.path("error").asText()).isEqualTo("ROLE_MISSING");
        assertThat(forbidden.path("resource").path("id").asText()).isEqualTo(from);
        assertThat(records(notJson, 1).get(0).path("error").asText()).isEqualTo("NOT_JSON");
        // Reading changes nothing, also when it is refused.
        assertThat(admin.get(EVENTS + "?request_id=" + nothing).is(200).get("items"))
                .isEmpty();
    }

    @Test
    void whoSignsInIsKnownWhenItSucceeds() {
        String wrong = request();
        Caller guesser = space.anonymous().with("X-Request-Id", wrong).from("203.0.113.99");
        guesser.post("/api/auth/login", "email", alicePerson.email(), "password", "wrong password")
                .refused(401);
        String right = request();
        space.anonymous()
                .with("X-Request-Id", right)
                .post("/api/auth/login", "email", alicePerson.email(), "password", Fixtures.PASSWORD)
                .is(200);

        JsonNode in = records(right, 1).get(0);
        assertThat(in.path("user_id").asText()).isEqualTo(alicePerson.id().toString());
        assertThat(in.path("outcome").asText()).isEqualTo("done");
        JsonNode out = records(admin, "scope=platform&request_id=" + wrong, 1).get(0);
        assertThat(out.path("error").asText()).isEqualTo("WRONG_CREDENTIALS");
        assertThat(out.path("address").asText()).isEqualTo("203.0.113.99");
        assertThat(out.path("user_id").isNull()).isTrue();
        // A digest of a password could be guessed.
        assertThat(in.path("request_digest").isNull()).isTrue();
        assertThat(out.path("request_digest").isNull()).isTrue();
    }

    @Test
    void aChangeOfPluginsTellsBeforeAndAfter() {
        String same = request();
        named(admin, same)
                .post("/api/control-center/plugins/enable", "plugin_id", "financial_business")
                .is(200);
        String unknown = request();
        named(admin, unknown)
                .post("/api/control-center/plugins/disable", "plugin_id", "no_such_plugin")
                .refused(404);

        JsonNode enabled = records(same, 1).get(0);
        assertThat(enabled.path("before_digest").asText())
                .hasSize(64)
                .isEqualTo(enabled.path("after_digest").asText());
        assertThat(records(unknown, 1).get(0).path("error").asText()).isEqualTo("UNKNOWN_PLUGIN");
    }

    @Test
    void tamperingIsFound() {
        String request = request();
        Business.transfer(named(alice, request), from, to, "1", "USD").is(200);
        long position = records(request, 1).get(0).path("position").asLong();
        assertThat(verify().path("intact").asBoolean()).isTrue();

        stage.database()
                .execute(
                        "update core.audit_events set user_id = ? where org_id = ? and position = ?",
                        adminPerson.id(),
                        org,
                        position);

        JsonNode broken = verify();
        assertThat(broken.path("intact").asBoolean()).isFalse();
        assertThat(broken.path("first_break").path("position").asLong()).isEqualTo(position);
        stage.database()
                .execute(
                        "update core.audit_events set user_id = ? where org_id = ? and position = ?",
                        alicePerson.id(),
                        org,
                        position);
        assertThat(verify().path("intact").asBoolean()).isTrue();
        stage.database().execute("delete from core.audit_events where org_id = ? and position = ?", org, position);
        assertThat(verify().path("first_break").path("finding").asText()).contains("not there");
    }

    private JsonNode verify() {
        return admin.get(EVENTS + "/verify").is(200).json();
    }

    @Test
    void onlyAdministratorsSeeIt() {
        for (String path : List.of(EVENTS, EVENTS + "/verify")) {
            alice.get(path).refused(403);
            space.anonymous().get(path).refused(401);
        }
    }

    @Test
    void anotherTenantSeesNothing() {
        String request = request();
        Business.transfer(named(alice, request), from, to, "1", "USD").is(200);
        records(request, 1);
        Caller other = space.as(stage.fixtures().admin(stage.fixtures().organization()));

        for (String scope : List.of("organization", "platform")) {
            assertThat(other.get(EVENTS + "?request_id=" + request + "&scope=" + scope)
                            .is(200)
                            .get("items"))
                    .isEmpty();
        }
    }
}
