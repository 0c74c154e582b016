package io.thespace.gateway.model;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The price of a model's server, from which analytics compute the spend.
 *
 * @param inputPerMillion per million input tokens
 * @param outputPerMillion per million output tokens
 * @param currency an ISO 4217 code
 */
public record ModelPrice(
        @NotNull @DecimalMin("0") @DecimalMax("1000000000") @Digits(integer = 10, fraction = 6)
                BigDecimal inputPerMillion,
        @NotNull @DecimalMin("0") @DecimalMax("1000000000") @Digits(integer = 10, fraction = 6)
                BigDecimal outputPerMillion,
        @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be a currency's three letters") String currency) {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final int DECIMALS = 9;

    /** Returns the cost of this usage, to a billionth. */
    public BigDecimal of(ModelUsage usage) {
        return inputPerMillion
                .multiply(BigDecimal.valueOf(usage.input()))
                .add(outputPerMillion.multiply(BigDecimal.valueOf(usage.output())))
                .divide(MILLION, DECIMALS, RoundingMode.HALF_UP);
    }
}
