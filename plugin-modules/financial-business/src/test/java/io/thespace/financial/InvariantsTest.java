package io.thespace.financial;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Breaks ledgers as only the owner of the tables can, with the triggers off, and lets the check find it. */
class InvariantsTest {

    private final Ledger ledger = new Ledger();
    private final UUID alices = ledger.open(ledger.alice, "10", "USD");
    private final UUID bobs = ledger.open(ledger.bob, "USD");
    private final UUID transfer = ledger.transfer(ledger.alice, alices, bobs, "4", "USD");

    @Test
    void aLedgerThatNobodyBrokeIsClean() {
        LedgerView state = ledger.check();

        assertThat(state.clean()).isTrue();
        assertThat(state.invariants()).hasSize(6).allSatisfy(invariant -> assertThat(invariant.counterexample())
                .isNull());
    }

    @Test
    void findsAnEntryThatWasChanged() throws SQLException {
        broken(
                "update financial_business.entry set amount = 5 where transaction_id = '%s' and position = 2"
                        .formatted(transfer),
                () -> {
                    assertThat(failing("debits_equal_credits"))
                            .isEqualTo("Transaction %s has 2 entries that sum to 1.0000.", transfer);
                    assertThat(failing("balances_equal_entries"))
                            .isEqualTo("Account %s has a balance of 4.0000; its entries sum to 5.0000.", bobs);
                });
    }

    @Test
    void findsATransactionWithoutEntries() throws SQLException {
        broken("delete from financial_business.entry where transaction_id = '%s'".formatted(transfer), () -> assertThat(
                        failing("debits_equal_credits"))
                .isEqualTo("Transaction %s has 0 entries that sum to 0.", transfer));
    }

    @Test
    void findsABalanceThatWasChanged() throws SQLException {
        broken(
                "update financial_business.account set balance = 1000000 where id = '%s'".formatted(bobs),
                () -> assertThat(failing("balances_equal_entries")).contains(bobs.toString()));
    }

    @Test
    void findsAnAccountWhoseCurrencyWasChanged() throws SQLException {
        broken(
                "update financial_business.account set currency = 'EUR' where id = '%s'".formatted(bobs),
                () -> assertThat(failing("one_currency"))
                        .isEqualTo("Transaction %s is in USD; account %s is in EUR.", transfer, bobs));
    }

    private String failing(String name) {
        LedgerView state = ledger.check();
        assertThat(state.clean()).isFalse();
        return state.invariants().stream()
                .filter(invariant -> invariant.name().equals(name) && !invariant.holds())
                .map(InvariantView::counterexample)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " holds: " + state));
    }

    /** Switches the guards off for one statement only. */
    private static void broken(String sql, Runnable look) throws SQLException {
        try (Connection owner = Ledger.OWNER.getConnection();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("alter table financial_business.account disable trigger user");
            statement.execute("alter table financial_business.entry disable trigger user");
            assertThat(statement.executeUpdate(sql)).isPositive();
            statement.execute("alter table financial_business.account enable trigger user");
            statement.execute("alter table financial_business.entry enable trigger user");
            owner.commit();
        }
        look.run();
    }
}
