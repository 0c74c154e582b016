package io.thespace.session;

import io.thespace.plugin.api.Rejection;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * The cost of a call. It is a measurement and not a payment: calls cost less than a cent, so up to nine decimals are
 * kept, whatever the currency. It is a measurement and no payment: a call costs less than a cent, so up to nine
 * decimals are kept, whatever the currency has.
 *
 * @param currency an ISO 4217 code
 */
public record Cost(
        @NotNull @DecimalMin("0") @DecimalMax("1000000000000000") BigDecimal amount,
        @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be a currency's three letters") String currency) {

    /** For the documentation. */
    public static final Cost EXAMPLE = new Cost(new BigDecimal("0.000160"), "USD");

    private static final int DECIMALS = 9;

    /** Rejects amounts and currencies that are not valid. */
    void check() {
        try {
            Currency.getInstance(currency);
        } catch (IllegalArgumentException e) {
            throw Rejection.of(
                    SessionError.INVALID_COST, "usage.cost.currency", "There is no currency %s.".formatted(currency));
        }
        if (amount.stripTrailingZeros().scale() > DECIMALS) {
            throw Rejection.of(
                    SessionError.INVALID_COST,
                    "usage.cost.amount",
                    "A cost has up to %d decimals.".formatted(DECIMALS));
        }
    }
}
