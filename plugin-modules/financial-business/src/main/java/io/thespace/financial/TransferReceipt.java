package io.thespace.financial;

import java.util.UUID;

/**
 * Says that money was moved.
 *
 * @param success always true; a refusal is no receipt
 */
public record TransferReceipt(boolean success, UUID transactionId) {

    static TransferReceipt of(Transaction transaction) {
        return new TransferReceipt(true, transaction.id());
    }
}
