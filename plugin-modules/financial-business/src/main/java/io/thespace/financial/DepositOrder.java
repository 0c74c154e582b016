package io.thespace.financial;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * Pays the business's own money into an account.
 *
 * @param accountId any customer's account of the organization
 * @param amount in major units
 * @param currency an ISO 4217 code; the account's
 */
public record DepositOrder(
        @NotNull UUID accountId,
        @NotNull @Positive @DecimalMax("1000000000000000") BigDecimal amount,
        @NotNull @Pattern(regexp = "[A-Z]{3}") String currency) {}
