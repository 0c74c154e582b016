package io.thespace.financial;

import io.thespace.plugin.api.Rejection;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount that can be moved: above zero, and whole in its currency's minor units.
 *
 * @param amount in major units, with as many decimals as the currency has
 */
record Money(BigDecimal amount, Currency currency) {

    /** The most that one transaction moves, in major units. */
    private static final BigDecimal MAX_AMOUNT = BigDecimal.TEN.pow(15);

    /**
     * Takes an amount as a client gave it.
     *
     * @throws Rejection {@code UNKNOWN_CURRENCY} or {@code INVALID_AMOUNT}
     */
    static Money of(BigDecimal amount, String currencyCode) {
        Currency currency = currency(currencyCode);
        if (amount.signum() <= 0) {
            throw invalid("The amount must be above zero.");
        }
        // Comparison checks the exponents first, so that 1e1000000000 costs nothing; rescaling it would.
        if (amount.compareTo(MAX_AMOUNT) > 0) {
            throw invalid("The amount must be at most " + MAX_AMOUNT + ".");
        }
        BigDecimal exact = amount.stripTrailingZeros();
        int decimals = currency.getDefaultFractionDigits();
        if (exact.scale() > decimals) {
            throw invalid("%s has %s; the amount has more."
                    .formatted(
                            currency,
                            switch (decimals) {
                                case 0 -> "no decimals";
                                case 1 -> "1 decimal";
                                default -> decimals + " decimals";
                            }));
        }
        return new Money(exact.setScale(decimals), currency);
    }

    /**
     * Returns a currency.
     *
     * @param code as in ISO 4217, for example {@code USD}
     * @throws Rejection {@code UNKNOWN_CURRENCY}
     */
    static Currency currency(String code) {
        Currency currency;
        try {
            currency = Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
        // Gold, test codes and the like have no minor units, so no amount of them is exact.
        if (currency.getDefaultFractionDigits() < 0) {
            throw unknown();
        }
        return currency;
    }

    /**
     * A stored amount as clients see it.
     *
     * @param amount with the database's decimals, of any sign
     */
    static BigDecimal shown(BigDecimal amount, String currencyCode) {
        int needed = Math.max(0, amount.stripTrailingZeros().scale());
        return amount.setScale(
                Math.max(needed, Currency.getInstance(currencyCode).getDefaultFractionDigits()));
    }

    String currencyCode() {
        return currency.getCurrencyCode();
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }

    private static Rejection invalid(String message) {
        return Rejection.of(FinancialError.INVALID_AMOUNT, "amount", message);
    }

    private static Rejection unknown() {
        return Rejection.of(
                FinancialError.UNKNOWN_CURRENCY,
                "currency",
                "The currency must be an ISO 4217 code with minor units, for example USD.");
    }
}
