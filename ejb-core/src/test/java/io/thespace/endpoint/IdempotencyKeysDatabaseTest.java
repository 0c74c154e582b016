package io.thespace.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Role;
import io.thespace.tenant.Tenant;
import io.thespace.transaction.TestTransactions;
import io.thespace.transaction.TransactionStatements;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long answers are kept for their idempotency keys, on a real PostgreSQL. */
class IdempotencyKeysDatabaseTest {

    private static final byte[] FINGERPRINT = {1};
    private static final Map<String, String> HEADERS = Map.of("ETag", "\"7\"");

    private static TestDatabase database;
    private static TestTransactions transactions;
    private static TransactionStatements statements;
    private static IdempotencyKeys keys;

    private final Actor user = new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.USER, null, "r", null, null, false);

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase();
        transactions = new TestTransactions(database.application());
        statements = transactions.statements();
        keys = new IdempotencyKeys(statements);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void organization() throws Exception {
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())"
                .formatted(user.orgId()));
    }

    /** A call of a client with the key: what was answered before, or else this answer. */
    private String call(String key, String answer) {
        return call(key, answer, false);
    }

    /** The same of a step of a run. */
    private String callByRun(String key, String answer) {
        return call(key, answer, true);
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private String call(String key, String answer, boolean byRun) {
        try (Tenant tenant = Tenant.bind(user.orgId())) {
            return transactions.inNew(() -> {
                IdempotencyKeys.Claim claim = keys.claim(user, key, FINGERPRINT);
                assertThat(claim.granted()).isTrue();
                if (claim.answer() != null) {
                    assertThat(claim.answer().headers()).isEqualTo(HEADERS);
                    return new String(claim.answer().body(), StandardCharsets.UTF_8);
                }
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                statements.insert(List.of(IdempotencyKeys.stored(
                        user, key, FINGERPRINT, new Answer(200, "text/plain", body, HEADERS, false), byRun)));
                return answer;
            });
        }
    }

    private void expire(String key) throws SQLException {
        database.sql(("update core.idempotency_keys set expires_at = now() - interval '1 hour' where org_id = '%s'"
                        + " and key = '%s'")
                .formatted(user.orgId(), key));
    }

    private static void purge() throws SQLException {
        database.sql("select core.purge_idempotency_keys(1000)");
    }

    private int stored() throws SQLException {
        return database.sql(
                "update core.idempotency_keys set status = status where org_id = '%s'".formatted(user.orgId()));
    }

    private UUID run(UUID startedBy) throws SQLException {
        UUID run = UUID.randomUUID();
        database.sql(
                """
                insert into core.workflows (org_id, id, latest, status, created_at, changed_at)
                    values ('%1$s', 'pay', 1, 'active', now(), now()) on conflict do nothing;
                insert into core.workflow_versions
                    (org_id, workflow_id, number, name, format, source, engine_definition, created_at)
                    values ('%1$s', 'pay', 1, 'Pay', 'bpmn', '', '', now()) on conflict do nothing;
                insert into core.workflow_runs
                    (org_id, id, workflow_id, workflow_version, state, input, started_by, started_at)
                    values ('%1$s', '%2$s', 'pay', 1, 'failed', '{}', '%3$s', now())
                """
                        .formatted(user.orgId(), run, startedBy));
        return run;
    }

    private static String key(UUID run) {
        return "run-" + run + "-pay-0";
    }

    @Test
    void theKeyOfARunIsKeptUntilTheRunHasEnded() throws Exception {
        UUID run = run(user.userId());
        assertThat(callByRun(key(run), "first")).isEqualTo("first");

        expire(key(run));
        assertThat(callByRun(key(run), "again")).isEqualTo("first");
        purge();
        assertThat(callByRun(key(run), "again")).isEqualTo("first");

        database.sql("update core.workflow_runs set ended_at = now() where id = '%s'".formatted(run));
        expire(key(run));
        purge();
        assertThat(stored()).isZero();
    }

    @Test
    void aKeyThatOnlyLooksLikeOneOfARunExpires() throws Exception {
        List<String> keys =
                List.of(key(UUID.randomUUID()), key(run(UUID.randomUUID())), "run-1", "run-" + "f".repeat(36));
        for (String key : keys) {
            callByRun(key, "first");
            expire(key);

            assertThat(callByRun(key, "second")).as(key).isEqualTo("second");
            expire(key);
            purge();
            assertThat(stored()).as(key).isZero();
        }
    }

    @Test
    void aKeyOfARunThatAnotherClientSendsExpires() throws Exception {
        String key = key(run(user.userId()));
        call(key, "first");
        expire(key);

        assertThat(call(key, "second")).isEqualTo("second");
        expire(key);
        purge();
        assertThat(stored()).isZero();
    }

    /** Rows of earlier versions do not say who sent the key. */
    @Test
    void aKeyOfARunThatAnEarlierVersionStoredIsKept() throws Exception {
        String key = key(run(user.userId()));
        callByRun(key, "first");
        database.sql("update core.idempotency_keys set of_run = null where org_id = '%s'".formatted(user.orgId()));
        expire(key);
        purge();

        assertThat(callByRun(key, "again")).isEqualTo("first");
    }

    @Test
    void anExpiredAnswerIsReplacedBeforeItIsPurged() throws Exception {
        assertThat(call("k", "first")).isEqualTo("first");
        expire("k");

        assertThat(call("k", "second")).isEqualTo("second");
        assertThat(call("k", "third")).isEqualTo("second");
        assertThat(stored()).isEqualTo(1);
    }
}
