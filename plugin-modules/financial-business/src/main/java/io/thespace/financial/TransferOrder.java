package io.thespace.financial;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * Moves money from one account to another.
 *
 * @param fromAccountId an account of the caller's
 * @param toAccountId any other customer's account of the organization
 * @param amount in major units
 * @param currency an ISO 4217 code; that of both accounts
 */
public record TransferOrder(
        @NotNull UUID fromAccountId,
        @NotNull UUID toAccountId,
        @NotNull @Positive @DecimalMax("1000000000000000") BigDecimal amount,
        @NotNull @Pattern(regexp = "[A-Z]{3}") String currency) {}
