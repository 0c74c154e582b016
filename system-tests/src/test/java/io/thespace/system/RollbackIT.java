package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails in the middle of a transfer, nothing of it remains. */
class RollbackIT {

    private static final String[] TABLES = {
        "financial_business.transaction", "financial_business.entry", "core.events", "core.idempotency_keys"
    };

    private final Stage stage = Stage.shared();
    private final UUID org = stage.fixtures().organization();
    private final Person alicePerson = stage.fixtures().user(org);
    private final Caller alice = stage.space().as(alicePerson);
    private final Business business =
            new Business(stage.space().as(stage.fixtures().admin(org)));

    private String from;
    private String to;

    @BeforeEach
    void open() {
        from = business.open(alicePerson, "USD", "100");
        to = business.open(alicePerson, "USD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before insert on financial_business.transaction",
                "after insert on financial_business.transaction",
                "before insert on financial_business.entry",
                "after insert on financial_business.entry",
                "before insert on core.events",
                "after insert on core.events",
                "before insert on core.idempotency_keys",
                "after insert on core.idempotency_keys",
                "before insert on core.audit_inbox",
                "after insert on core.audit_inbox",
            })
    void aFailingStatementUndoesAll(String when) {
        undoesAll("create trigger rollback_test " + when
                + " for each row when (new.org_id = '%s') execute function core.rollback_test_fails()".formatted(org));
    }

    /** As when the database refuses only at the very end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "financial_business.transaction",
                "financial_business.entry",
                "core.events",
                "core.idempotency_keys",
                "core.audit_inbox"
            })
    void aFailingCommitUndoesAll(String table) {
        undoesAll(deferred(table));
    }

    /** As when the database goes away only at the very end. Not a defect then, but an outage: the call is worth a second try. */
    @Test
    void aConnectionLostAtTheCommitUndoesAll() {
        undoesAll(
                deferred("core.idempotency_keys"),
                "perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(5);",
                503);
    }

    @Test
    void withoutAFailureEachTableIsWritten() {
        Map<String, Long> before = rows();

        Business.transfer(alice.once(UUID.randomUUID().toString()), from, to, "10", "USD")
                .is(200);

        Map<String, Long> after = rows();
        for (String table : TABLES) {
            assertThat(after.get(table)).as(table).isGreaterThan(before.get(table));
        }
    }

    private String deferred(String table) {
        return "create constraint trigger rollback_test after insert on " + table
                + " deferrable initially deferred for each row when (new.org_id = '%s')".formatted(org)
                + " execute function core.rollback_test_fails()";
    }

    private void undoesAll(String trigger) {
        undoesAll(trigger, "raise exception 'The system test lets this fail';", 500);
    }

    private void undoesAll(String trigger, String failure, int status) {
        String table = trigger.replaceFirst(".*insert on ", "").replaceFirst(" .*", "");
        Map<String, Long> before = rows();
        Caller once = alice.once(UUID.randomUUID().toString());
        stage.database()
                .execute(
                        """
                        create or replace function core.rollback_test_fails() returns trigger language plpgsql as $$
                        begin
                            %s
                            return null;
                        end
                        $$
                        """
                                .formatted(failure));
        stage.database().execute("grant execute on function core.rollback_test_fails() to public");
        stage.database().execute(trigger);
        try {
            String says = Business.transfer(once, from, to, "10", "USD").refused(status);
            assertThat(says).doesNotContain("system test");
        } finally {
            stage.database().execute("drop trigger rollback_test on " + table);
            stage.database().execute("drop function core.rollback_test_fails()");
        }

        assertThat(rows()).isEqualTo(before);
        assertThat(Business.balance(alice, from)).isEqualTo("100.00");
        assertThat(Business.balance(alice, to)).isZero();
        business.isClean();
        // The key is as good as new.
        assertThat(Business.transfer(once, from, to, "10", "USD").is(200).header("Idempotency-Replayed"))
                .isEmpty();
        assertThat(Business.balance(alice, to)).isEqualTo("10.00");
    }

    private Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : TABLES) {
            rows.put(table, stage.database().count("select count(*) from " + table + " where org_id = ?", org));
        }
        return rows;
    }
}
