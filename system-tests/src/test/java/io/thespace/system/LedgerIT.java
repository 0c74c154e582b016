package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the ledger of the running product with the application's own database role. */
class LedgerIT {

    private static final String REFUSED = "23000";
    private static final String FORBIDDEN = "42501";

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

    @AfterEach
    void theLedgerIsClean() {
        business.isClean();
        assertThat(Business.balance(alice, from).add(Business.balance(alice, to)))
                .isEqualByComparingTo("100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update financial_business.entry set amount = amount * 2",
                "delete from financial_business.entry",
                "truncate financial_business.entry",
                "update financial_business.transaction set amount = 1",
                "delete from financial_business.transaction",
                "truncate financial_business.transaction cascade",
                "update financial_business.account set balance = 1000000",
                "delete from financial_business.account",
                "alter table financial_business.entry disable trigger all",
                "set session_replication_role = replica",
                "update core.events set type = 'x'",
                "delete from core.events",
                "update core.idempotency_keys set status = 200",
                "update core.users set platform_admin = true",
                "update core.memberships set user_id = org_id",
            })
    void isNeverChanged(String statement) {
        refused(FORBIDDEN, connection -> Database.execute(connection, statement));
    }

    @Test
    void takesNoUnbalancedTransaction() {
        refused(REFUSED, connection -> {
            UUID transaction = transaction(connection, "10");
            entry(connection, transaction, 1, from, "-10");
            return entry(connection, transaction, 2, to, "11");
        });
    }

    @Test
    void takesNoTransactionWithOneEntry() {
        refused(REFUSED, connection -> entry(connection, transaction(connection, "10"), 1, to, "10"));
    }

    @Test
    void takesNoTransactionWithoutEntries() {
        refused(REFUSED, connection -> transaction(connection, "10"));
    }

    @Test
    void takesNoMoreThanAnAccountHas() {
        refused("23514", connection -> {
            UUID transaction = transaction(connection, "100.01");
            entry(connection, transaction, 1, from, "-100.01");
            return entry(connection, transaction, 2, to, "100.01");
        });
    }

    /** The same by hand that the product does, so that the refusals above are not refused for another reason. */
    @Test
    void takesABalancedTransaction() throws SQLException {
        stage.database().asTenant(org, connection -> {
            UUID transaction = transaction(connection, "10");
            entry(connection, transaction, 1, from, "-10");
            return entry(connection, transaction, 2, to, "10");
        });
        assertThat(Business.balance(alice, to)).isEqualTo("10.00");
    }

    private UUID transaction(Connection connection, String amount) throws SQLException {
        UUID id = UUID.randomUUID();
        Database.execute(
                connection,
                "insert into financial_business.transaction (id, org_id, kind, amount, currency)"
                        + " values (?, ?, 'transfer', ?::numeric, 'USD')",
                id,
                org,
                amount);
        return id;
    }

    private UUID entry(Connection connection, UUID transaction, int position, String account, String amount)
            throws SQLException {
        Database.execute(
                connection,
                "insert into financial_business.entry"
                        + " (transaction_id, position, account_id, org_id, owner_user_id, amount)"
                        + " values (?, ?, ?, ?, ?, ?::numeric)",
                transaction,
                position,
                UUID.fromString(account),
                org,
                alicePerson.id(),
                amount);
        return transaction;
    }

    private <T> void refused(String state, Database.Work<T> work) {
        assertThatThrownBy(() -> stage.database().asTenant(org, work))
                .isInstanceOfSatisfying(SQLException.class, refusal -> assertThat(refusal.getSQLState())
                        .as(refusal.getMessage())
                        .isEqualTo(state));
    }
}
