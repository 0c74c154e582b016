package io.thespace.financial;

import java.math.BigDecimal;

/**
 * The total of one currency.
 *
 * @param accounts the number of accounts, including the equity account
 * @param customers the sum of the customers' balances, in major units
 * @param equity the balance of the equity account; negative for what the business paid in
 */
public record TotalView(String currency, long accounts, BigDecimal customers, BigDecimal equity) {

    public TotalView {
        customers = Money.shown(customers, currency);
        equity = Money.shown(equity, currency);
    }
}
