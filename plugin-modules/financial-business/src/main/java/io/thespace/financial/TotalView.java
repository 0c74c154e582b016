package io.thespace.financial;

import java.math.BigDecimal;

/**
 * All the money of one currency.
 *
 * @param accounts how many there are, with the equity account
 * @param customers what the customers have together, in major units
 * @param equity what the business has; negative for what it paid in
 */
public record TotalView(String currency, long accounts, BigDecimal customers, BigDecimal equity) {

    public TotalView {
        customers = Money.shown(customers, currency);
        equity = Money.shown(equity, currency);
    }
}
