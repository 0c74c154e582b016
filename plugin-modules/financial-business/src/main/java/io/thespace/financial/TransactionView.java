package io.thespace.financial;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A transaction with its entries.
 *
 * @param kind "transfer", "deposit" or "reversal"
 * @param amount the amount moved, in major units
 * @param currency an ISO 4217 code
 * @param reverses the transaction that this undoes; null unless it is a reversal
 * @param reversedBy the reversal of this transaction; null without one
 * @param entries the debits and credits of accounts; they sum to zero
 */
public record TransactionView(
        UUID transactionId,
        String kind,
        BigDecimal amount,
        String currency,
        UUID reverses,
        UUID reversedBy,
        Instant createdAt,
        List<EntryView> entries) {

    public TransactionView {
        entries = List.copyOf(entries);
    }
}
