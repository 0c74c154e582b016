package io.thespace.financial;

import io.thespace.plugin.api.EventType;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * The event of a transfer.
 *
 * @param fromAccount the account that gave
 * @param toAccount the account that gained
 * @param amount in major units
 */
public record FundsTransferred(
        UUID transactionId, UUID fromAccount, UUID toAccount, BigDecimal amount, String currency) {

    static final EventType TYPE = new EventType(
            "funds_transferred",
            "Money was moved from one account to another; the subject is the transaction's id.",
            FundsTransferred.class);
}
