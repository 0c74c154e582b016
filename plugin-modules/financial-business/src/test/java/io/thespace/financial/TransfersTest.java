package io.thespace.financial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Rejection;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransfersTest {

    private final Ledger ledger = new Ledger();

    @AfterEach
    void theLedgerIsClean() {
        LedgerView state = ledger.check();
        assertThat(state.clean()).as(state.toString()).isTrue();
        assertThat(state.totals())
                .allSatisfy(total ->
                        assertThat(total.customers().add(total.equity())).isEqualByComparingTo(BigDecimal.ZERO));
    }

    @Test
    void movesMoney() {
        UUID from = ledger.open(ledger.alice, "100", "USD");
        UUID to = ledger.open(ledger.bob, "USD");

        UUID id = ledger.transfer(ledger.alice, from, to, "30.5", "USD");

        assertThat(ledger.balance(ledger.alice, from)).isEqualTo("69.50");
        assertThat(ledger.balance(ledger.bob, to)).isEqualTo("30.50");
        Ledger.Published event = ledger.published.get(ledger.published.size() - 1);
        assertThat(event.type().name()).isEqualTo("funds_transferred");
        assertThat(event.subject()).isEqualTo(id.toString());
        assertThat(event.data()).isEqualTo(new FundsTransferred(id, from, to, new BigDecimal("30.50"), "USD"));
        assertThat(id.version()).isEqualTo(7);
    }

    @Test
    void movesAllThereIsAndNotACentMore() {
        UUID from = ledger.open(ledger.alice, "40", "USD");
        UUID to = ledger.open(ledger.bob, "USD");

        refused(FinancialError.INSUFFICIENT_FUNDS, () -> ledger.transfer(ledger.alice, from, to, "40.01", "USD"))
                .hasMessage("Account %s has 40.00 USD; 40.01 USD is needed.", from);
        ledger.transfer(ledger.alice, from, to, "40", "USD");

        assertThat(ledger.balance(ledger.alice, from)).isEqualTo("0.00");
    }

    @Test
    void refusesInTheDocumentedOrder() {
        UUID dollars = ledger.open(ledger.alice, "40", "USD");
        UUID yen = ledger.open(ledger.bob, "JPY");
        UUID bobs = ledger.open(ledger.bob, "USD");
        UUID unknown = UUID.randomUUID();

        refused(FinancialError.UNKNOWN_CURRENCY, () -> ledger.transfer(ledger.alice, unknown, unknown, "0", "ZZZ"));
        refused(FinancialError.INVALID_AMOUNT, () -> ledger.transfer(ledger.alice, unknown, unknown, "0", "USD"));
        refused(FinancialError.SAME_ACCOUNT, () -> ledger.transfer(ledger.alice, unknown, unknown, "50", "USD"));
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> ledger.transfer(ledger.alice, unknown, yen, "50", "USD"));
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> ledger.transfer(ledger.alice, bobs, dollars, "50", "USD"));
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> ledger.transfer(ledger.alice, dollars, unknown, "50", "EUR"));
        refused(FinancialError.CURRENCY_MISMATCH, () -> ledger.transfer(ledger.alice, dollars, yen, "50", "USD"));
        refused(FinancialError.CURRENCY_MISMATCH, () -> ledger.transfer(ledger.alice, dollars, bobs, "50", "EUR"));
        close(bobs);
        refused(FinancialError.ACCOUNT_CLOSED, () -> ledger.transfer(ledger.alice, dollars, bobs, "50", "USD"));
        refused(FinancialError.ACCOUNT_CLOSED, () -> ledger.deposit(bobs, "50", "USD"));
        assertThat(ledger.published).extracting(Ledger.Published::type).containsExactly(FundsDeposited.TYPE);
    }

    @Test
    void anAccountOfAnotherOrganizationIsNotFound() {
        Ledger elsewhere = new Ledger();
        UUID theirs = elsewhere.open(elsewhere.alice, "10", "USD");
        UUID own = ledger.open(ledger.alice, "10", "USD");

        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> ledger.transfer(ledger.alice, own, theirs, "1", "USD"))
                .hasMessage("There is no account %s.", theirs);
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> ledger.transfer(ledger.alice, theirs, own, "1", "USD"));
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> ledger.deposit(theirs, "1", "USD"));
        UUID deposit = elsewhere.deposit(theirs, "1", "USD");
        refused(FinancialError.TRANSACTION_NOT_FOUND, () -> ledger.reverse(deposit));
    }

    @Test
    void anEquityAccountIsNotForClients() {
        UUID own = ledger.open(ledger.alice, "10", "USD");
        UUID equity = entries(ledger.deposit(own, "1", "USD")).get(0).accountId();

        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> ledger.transfer(ledger.alice, own, equity, "1", "USD"));
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> ledger.transfer(ledger.admin, equity, own, "1", "USD"));
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> ledger.deposit(equity, "1", "USD"));
    }

    @Test
    void depositsComeFromOneEquityAccountOfTheCurrency() {
        UUID dollars = ledger.open(ledger.alice, "10", "USD");
        UUID more = ledger.open(ledger.bob, "5.25", "USD");
        UUID yen = ledger.open(ledger.bob, "700", "JPY");

        assertThat(ledger.balance(ledger.alice, dollars)).isEqualTo("10.00");
        assertThat(ledger.balance(ledger.bob, more)).isEqualTo("5.25");
        assertThat(ledger.balance(ledger.bob, yen)).isEqualTo("700");
        assertThat(ledger.check().totals())
                .containsExactly(
                        new TotalView("JPY", 2, new BigDecimal("700"), new BigDecimal("-700")),
                        new TotalView("USD", 3, new BigDecimal("15.25"), new BigDecimal("-15.25")));
        refused(FinancialError.CURRENCY_MISMATCH, () -> ledger.deposit(yen, "1", "USD"));
    }

    @Test
    void firstDepositsAtOnceMakeOneEquityAccount() throws Exception {
        UUID account = ledger.open(ledger.alice, "USD");
        UUID other = ledger.open(ledger.bob, "USD");

        together(8, i -> ledger.deposit(i % 2 == 0 ? account : other, "1", "USD"));

        assertThat(ledger.check().totals().get(0).accounts()).isEqualTo(3);
        assertThat(ledger.balance(ledger.alice, account)).isEqualTo("4.00");
    }

    @Test
    void reversesOnce() {
        UUID from = ledger.open(ledger.alice, "100", "USD");
        UUID to = ledger.open(ledger.bob, "USD");
        UUID transfer = ledger.transfer(ledger.alice, from, to, "30", "USD");

        UUID reversal = ledger.reverse(transfer);

        assertThat(ledger.balance(ledger.alice, from)).isEqualTo("100.00");
        assertThat(ledger.balance(ledger.bob, to)).isEqualTo("0.00");
        assertThat(ledger.published.get(ledger.published.size() - 1).data())
                .isEqualTo(new TransferReversed(reversal, transfer, new BigDecimal("30.0000"), "USD"));
        refused(FinancialError.ALREADY_REVERSED, () -> ledger.reverse(transfer)).hasMessageContaining(reversal + "");
        refused(FinancialError.REVERSAL_NOT_REVERSIBLE, () -> ledger.reverse(reversal));
        refused(FinancialError.TRANSACTION_NOT_FOUND, () -> ledger.reverse(UUID.randomUUID()));
    }

    @Test
    void aDepositIsReversedUnlessItIsSpent() {
        UUID account = ledger.open(ledger.alice, "USD");
        UUID other = ledger.open(ledger.bob, "USD");
        UUID deposit = ledger.deposit(account, "50", "USD");
        UUID spent = ledger.transfer(ledger.alice, account, other, "20", "USD");

        refused(FinancialError.INSUFFICIENT_FUNDS, () -> ledger.reverse(deposit))
                .hasMessage("Account %s has 30.00 USD; 50.00 USD is needed.", account);
        ledger.reverse(spent);
        ledger.reverse(deposit);

        assertThat(ledger.balance(ledger.alice, account)).isEqualTo("0.00");
    }

    @Test
    void reversalsAtOnceReverseOnce() throws Exception {
        UUID from = ledger.open(ledger.alice, "100", "USD");
        UUID to = ledger.open(ledger.bob, "100", "USD");
        UUID transfer = ledger.transfer(ledger.alice, from, to, "30", "USD");

        List<Object> outcomes = together(8, i -> {
            try {
                return ledger.reverse(transfer);
            } catch (Rejection e) {
                return e.code();
            }
        });

        assertThat(outcomes).filteredOn(UUID.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(o -> !(o instanceof UUID))
                .hasSize(7)
                .containsOnly(FinancialError.ALREADY_REVERSED);
    }

    @Test
    void transfersInOppositeDirectionsWaitForEachOther() throws Exception {
        UUID alices = ledger.open(ledger.alice, "1000", "USD");
        UUID bobs = ledger.open(ledger.bob, "1000", "USD");

        together(8, i -> {
            for (int n = 0; n < 25; n++) {
                if (i % 2 == 0) {
                    ledger.transfer(ledger.alice, alices, bobs, "1", "USD");
                } else {
                    ledger.transfer(ledger.bob, bobs, alices, "1", "USD");
                }
            }
            return null;
        });

        assertThat(ledger.balance(ledger.alice, alices)).isEqualTo("1000.00");
        assertThat(ledger.balance(ledger.bob, bobs)).isEqualTo("1000.00");
    }

    @Test
    void aHotAccountIsNeverOverdrawn() throws Exception {
        UUID hot = ledger.open(ledger.alice, "10", "USD");
        List<UUID> targets = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            targets.add(ledger.open(ledger.bob, "USD"));
        }

        List<Integer> paid = together(8, i -> {
            int done = 0;
            for (int n = 0; n < 5; n++) {
                try {
                    ledger.transfer(ledger.alice, hot, targets.get(i), "0.75", "USD");
                    done++;
                } catch (Rejection e) {
                    assertThat(e.code()).isEqualTo(FinancialError.INSUFFICIENT_FUNDS);
                }
            }
            return done;
        });

        assertThat(paid.stream().mapToInt(Integer::intValue).sum()).isEqualTo(13);
        assertThat(ledger.balance(ledger.alice, hot)).isEqualTo("0.25");
    }

    @Test
    void twoTransfersInOneTransactionSeeEachOther() {
        UUID from = ledger.open(ledger.alice, "10", "USD");
        UUID to = ledger.open(ledger.bob, "USD");
        TransferOrder order = new TransferOrder(from, to, new BigDecimal("6"), "USD");

        refused(
                        FinancialError.INSUFFICIENT_FUNDS,
                        () -> ledger.in(ledger.alice, entities -> {
                            ledger.transfers(entities).transfer(ledger.alice, order);
                            return ledger.transfers(entities).transfer(ledger.alice, order);
                        }))
                .hasMessage("Account %s has 4.00 USD; 6.00 USD is needed.", from);

        assertThat(ledger.balance(ledger.alice, from)).isEqualTo("10.00");
    }

    @Test
    void aTransferIsFewStatements() {
        UUID from = ledger.open(ledger.alice, "10", "USD");
        UUID to = ledger.open(ledger.bob, "USD");

        List<String> statements = Ledger.statements(() -> ledger.transfer(ledger.alice, from, to, "6", "USD"));

        // The two entries are one batch.
        assertThat(statements).hasSize(3);
        assertThat(statements.get(0)).endsWith("order by a1_0.id for no key update");
        assertThat(statements.get(1)).startsWith("insert into financial_business.transaction ");
        assertThat(statements.get(2)).startsWith("insert into financial_business.entry ");
    }

    @ParameterizedTest
    @CsvSource({"55P03, lock_timeout = '50ms'", "57014, statement_timeout = '200ms'"})
    void aLockThatIsNotGivenInTimeIsAnSqlStateForThePlatform(String state, String limit) throws Exception {
        UUID from = ledger.open(ledger.alice, "10", "USD");
        UUID to = ledger.open(ledger.bob, "USD");
        TransferOrder order = new TransferOrder(from, to, BigDecimal.ONE, "USD");
        try (Connection holder = Ledger.OWNER.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select 1 from financial_business.account where id = '" + to + "' for update");
            assertThatThrownBy(() -> ledger.in(ledger.alice, entities -> {
                        entities.createNativeQuery("set local " + limit).executeUpdate();
                        return ledger.transfers(entities).transfer(ledger.alice, order);
                    }))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
        }
        assertThat(ledger.balance(ledger.alice, from)).isEqualTo("10.00");
    }

    private interface Numbered<T> {
        T call(int i) throws Exception;
    }

    /** Runs something on several threads that all start at once. */
    private static <T> List<T> together(int threads, Numbered<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                Callable<T> task = () -> {
                    start.await();
                    return work.call(number);
                };
                futures.add(pool.submit(task));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private List<EntryView> entries(UUID transactionId) {
        return ledger.in(ledger.admin, entities -> ledger.transactions(entities).find(ledger.admin, transactionId))
                .entries();
    }

    private void close(UUID account) {
        int closed = ledger.in(ledger.admin, entities -> entities.createQuery(
                        "update Account a set a.status = 'closed' where a.id = :id")
                .setParameter("id", account)
                .executeUpdate());
        assertThat(closed).isEqualTo(1);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(FinancialError code, ThrowingCallable work) {
        return assertThatThrownBy(work).isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code())
                .as(e.getMessage())
                .isEqualTo(code));
    }
}
