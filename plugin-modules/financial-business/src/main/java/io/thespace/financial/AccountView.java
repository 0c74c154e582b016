package io.thespace.financial;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * An account.
 *
 * @param balance in major units, with the currency's decimals
 * @param currency an ISO 4217 code
 * @param status {@code open} or {@code closed}
 */
public record AccountView(UUID accountId, BigDecimal balance, String currency, String status) {

    public AccountView {
        balance = Money.shown(balance, currency);
    }

    AccountSummary summary() {
        return new AccountSummary(accountId, balance, currency);
    }
}
