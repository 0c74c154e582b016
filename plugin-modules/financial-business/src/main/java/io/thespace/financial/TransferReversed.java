package io.thespace.financial;

import io.thespace.plugin.api.EventType;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * The event of a reversal.
 *
 * @param transactionId the reversal
 * @param reverses the transfer or deposit that it undoes
 * @param amount in major units
 */
public record TransferReversed(UUID transactionId, UUID reverses, BigDecimal amount, String currency) {

    static final EventType TYPE = new EventType(
            "transfer_reversed",
            "A transfer or deposit was undone; the subject is the reversal's id.",
            TransferReversed.class);
}
