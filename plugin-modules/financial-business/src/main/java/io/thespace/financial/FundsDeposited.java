package io.thespace.financial;

import io.thespace.plugin.api.EventType;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * The event of a deposit.
 *
 * @param toAccount the account that gained
 * @param amount in major units
 */
public record FundsDeposited(UUID transactionId, UUID toAccount, BigDecimal amount, String currency) {

    static final EventType TYPE = new EventType(
            "funds_deposited",
            "The business paid money into an account; the subject is the transaction's id.",
            FundsDeposited.class);
}
