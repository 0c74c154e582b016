package io.thespace.analytics;

import java.math.BigDecimal;

/**
 * The cost of calls in one currency.
 *
 * @param currency an ISO 4217 code
 */
public record SpendView(BigDecimal amount, String currency) {

    /** For the documentation. */
    public static final SpendView EXAMPLE = new SpendView(new BigDecimal("0.3184"), "USD");
}
