package io.thespace.financial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private final Ledger ledger = new Ledger();

    @Test
    void opensEmptyAccounts() {
        AccountOrder order = new AccountOrder(ledger.alice.userId(), "USD");
        AccountView opened =
                ledger.in(ledger.admin, entities -> ledger.accounts(entities).open(ledger.admin, order));

        assertThat(opened).isEqualTo(new AccountView(opened.accountId(), new BigDecimal("0.00"), "USD", "open"));
        assertThat(own(ledger.alice)).containsExactly(opened);
    }

    @Test
    void showsTheOldestAccountUnlessAnotherIsNamed() {
        UUID first = ledger.open(ledger.alice, "USD");
        UUID second = ledger.open(ledger.alice, "700", "JPY");

        assertThat(summary(ledger.alice, null)).isEqualTo(new AccountSummary(first, new BigDecimal("0.00"), "USD"));
        assertThat(summary(ledger.alice, second)).isEqualTo(new AccountSummary(second, new BigDecimal("700"), "JPY"));
        assertThat(own(ledger.alice)).extracting(AccountView::accountId).containsExactly(first, second);
    }

    @Test
    void othersAccountsAreNotFound() {
        UUID alices = ledger.open(ledger.alice, "USD");
        Actor elsewhere = new Ledger().actor(ledger.alice.userId(), Role.ADMIN);

        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> summary(ledger.bob, null));
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> summary(ledger.bob, alices));
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> summary(ledger.admin, alices));
        refused(FinancialError.ACCOUNT_NOT_FOUND, () -> summary(elsewhere, alices));
        assertThat(own(ledger.bob)).isEmpty();
    }

    @Test
    void opensAccountsForMembersInRealCurrenciesOnly() {
        refused(FinancialError.UNKNOWN_CURRENCY, () -> ledger.open(ledger.alice, "XXX"));
        refused(FinancialError.OWNER_NOT_FOUND, () -> ledger.open(new Ledger().alice, "USD"));
    }

    private AccountSummary summary(Actor actor, UUID account) {
        return ledger.in(actor, entities -> ledger.accounts(entities).summary(actor, Optional.ofNullable(account)));
    }

    private List<AccountView> own(Actor actor) {
        return ledger.in(actor, entities -> ledger.accounts(entities).own(actor));
    }

    private static void refused(FinancialError code, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
