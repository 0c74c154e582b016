package io.thespace.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.identity.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Purges of more rows than one transaction deletes, on a real PostgreSQL. */
class PurgesDatabaseTest {

    private static final UUID ORG = UUID.randomUUID();
    private static final int ROWS = 2 * Purges.BATCH + 1;

    private static TestDatabase database;

    private final List<Long> batches = new ArrayList<>();

    /** Each batch in a transaction of its own, as the container has it. */
    private final Purges purges = new Purges(new PurgeBatch() {
        @Override
        public long delete(String function, Object... arguments) {
            long deleted = database.in(null, em -> {
                PurgeBatch batch = new PurgeBatch();
                batch.entities = em;
                return batch.delete(function, arguments);
            });
            batches.add(deleted);
            return deleted;
        }
    });

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase();
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(ORG));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static int rows(String table) throws SQLException {
        return database.sql("update core.%1$s set org_id = org_id where org_id = '%2$s'".formatted(table, ORG));
    }

    @Test
    void allExpiredKeysAreDeletedInBatches() throws Exception {
        database.sql(
                """
                insert into core.idempotency_keys (org_id, principal, key, fingerprint, status, body, expires_at)
                    select '%1$s', '%1$s', 'k' || n, '', 200, '',
                        now() + interval '1 hour' * (case when n = 0 then 1 else -1 end)
                    from generate_series(0, %2$d) n
                """
                        .formatted(ORG, ROWS));

        purges.run("purge_idempotency_keys");

        assertThat(batches).containsExactly((long) Purges.BATCH, (long) Purges.BATCH, 1L);
        assertThat(rows("idempotency_keys")).isEqualTo(1);
    }

    @Test
    void allOldEventsAreDeletedInBatches() throws Exception {
        database.sql(
                """
                insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic, recorded_at)
                    select gen_random_uuid(), '%s', 'told', '/plugins/notes', 's', '{}', 'r', false,
                        now() - interval '2 days'
                    from generate_series(1, %d)
                """
                        .formatted(ORG, ROWS));
        database.sql("select core.sequence_events(%d)".formatted(ROWS));

        purges.run("purge_events", 1);

        assertThat(batches).containsExactly((long) Purges.BATCH, (long) Purges.BATCH, 1L);
        assertThat(rows("events")).isZero();
    }

    @Test
    void aFailureIsLogged() {
        purges.run("purge_nothing");

        assertThat(batches).isEmpty();
    }
}
