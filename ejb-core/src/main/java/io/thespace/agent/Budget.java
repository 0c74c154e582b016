package io.thespace.agent;

import io.thespace.plugin.api.Rejection;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * The spending limit of an agent per calendar month.
 *
 * @param amount with no more decimals than the currency has
 * @param currency an ISO 4217 code
 */
public record Budget(
        @NotNull @DecimalMin("0") @DecimalMax("1000000000000000") BigDecimal amount,
        @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be a currency's three letters") String currency) {

    /** For the documentation. */
    public static final Budget EXAMPLE = new Budget(new BigDecimal("250.00"), "EUR");

    /** This budget with the currency's decimals. */
    Budget checked() {
        int decimals;
        try {
            decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            throw Rejection.of(
                    AgentError.INVALID_BUDGET, "budget.currency", "There is no currency %s.".formatted(currency));
        }
        if (decimals < 0 || amount.stripTrailingZeros().scale() > decimals) {
            throw Rejection.of(
                    AgentError.INVALID_BUDGET,
                    "budget.amount",
                    "%s has %d decimals.".formatted(currency, Math.max(0, decimals)));
        }
        return new Budget(amount.setScale(decimals), currency);
    }
}
