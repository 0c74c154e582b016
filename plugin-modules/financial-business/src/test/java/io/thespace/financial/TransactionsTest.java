package io.thespace.financial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private final Ledger ledger = new Ledger();
    private final UUID alices = ledger.open(ledger.alice, "USD");
    private final UUID alicesOther = ledger.open(ledger.alice, "USD");
    private final UUID bobs = ledger.open(ledger.bob, "USD");
    private final List<UUID> ofAlice = new ArrayList<>();
    private UUID ofBob;

    @BeforeEach
    void moveMoney() {
        ofAlice.add(ledger.deposit(alices, "100", "USD"));
        ofBob = ledger.deposit(bobs, "100", "USD");
        for (int i = 1; i <= 3; i++) {
            ofAlice.add(ledger.transfer(ledger.alice, alices, alicesOther, "1", "USD"));
            ofAlice.add(ledger.transfer(ledger.alice, alices, bobs, "0.5", "USD"));
        }
        Collections.reverse(ofAlice);
    }

    @Test
    void showsATransactionWithItsEntries() {
        TransactionView transfer = find(ledger.alice, ofAlice.get(0));

        assertThat(transfer.kind()).isEqualTo("transfer");
        assertThat(transfer.amount()).isEqualTo(new BigDecimal("0.50"));
        assertThat(transfer.currency()).isEqualTo("USD");
        assertThat(transfer.entries())
                .containsExactly(
                        new EntryView(alices, new BigDecimal("-0.50")), new EntryView(bobs, new BigDecimal("0.50")));
        assertThat(transfer.createdAt()).isNotNull();
        assertThat(transfer.reverses()).isNull();
        assertThat(transfer.reversedBy()).isNull();
    }

    @Test
    void showsWhatReversedIt() {
        UUID reversal = ledger.reverse(ofAlice.get(0));

        assertThat(find(ledger.alice, ofAlice.get(0)).reversedBy()).isEqualTo(reversal);
        assertThat(find(ledger.bob, reversal).reverses()).isEqualTo(ofAlice.get(0));
        assertThat(find(ledger.bob, reversal).kind()).isEqualTo("reversal");
    }

    @Test
    void pagesThroughTheCallersOwnTheNewestFirst() {
        assertThat(walk(ledger.alice, Optional.empty(), 2)).isEqualTo(ofAlice);
        assertThat(walk(ledger.alice, Optional.empty(), 100)).isEqualTo(ofAlice);
        assertThat(walk(ledger.bob, Optional.empty(), 3)).hasSize(4).contains(ofBob);
        assertThat(walk(ledger.admin, Optional.empty(), 3)).isEmpty();
    }

    @Test
    void pagesThroughOneAccount() {
        assertThat(walk(ledger.alice, Optional.of(alicesOther), 2)).hasSize(3);
        assertThat(walk(ledger.admin, Optional.of(bobs), 2)).hasSize(4);
    }

    @Test
    void aRowThatComesMeanwhileMovesNoOther() {
        Page<TransactionView> first = page(ledger.alice, Optional.empty(), new PageRequest(3, Optional.empty()));
        ledger.transfer(ledger.alice, alices, bobs, "1", "USD");
        Page<TransactionView> second =
                page(ledger.alice, Optional.empty(), new PageRequest(3, Optional.of(first.nextKey())));

        assertThat(second.items())
                .extracting(TransactionView::transactionId)
                .containsExactlyElementsOf(ofAlice.subList(3, 6));
    }

    @Test
    void othersTransactionsAndAccountsAreNotFound() {
        Ledger elsewhere = new Ledger();

        refused(FinancialError.TRANSACTION_NOT_FOUND, () -> find(ledger.alice, ofBob));
        refused(FinancialError.TRANSACTION_NOT_FOUND, () -> find(ledger.alice, UUID.randomUUID()));
        refused(FinancialError.TRANSACTION_NOT_FOUND, () -> find(elsewhere.admin, ofBob));
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> walk(ledger.alice, Optional.of(bobs), 1));
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> walk(elsewhere.admin, Optional.of(bobs), 1));
        assertThat(find(ledger.admin, ofBob).transactionId()).isEqualTo(ofBob);
    }

    private TransactionView find(Actor actor, UUID id) {
        return ledger.in(actor, entities -> ledger.transactions(entities).find(actor, id));
    }

    private Page<TransactionView> page(Actor actor, Optional<UUID> account, PageRequest request) {
        return ledger.in(actor, entities -> ledger.transactions(entities).page(actor, account, request));
    }

    private List<UUID> walk(Actor actor, Optional<UUID> account, int limit) {
        List<UUID> seen = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page<TransactionView> page = page(actor, account, new PageRequest(limit, after));
            page.items().forEach(item -> seen.add(item.transactionId()));
            after = Optional.ofNullable(page.nextKey());
        } while (after.isPresent());
        return seen;
    }

    private static void refused(FinancialError code, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
