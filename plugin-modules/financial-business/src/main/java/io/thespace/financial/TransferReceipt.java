package io.thespace.financial;

import java.util.UUID;

/**
 * The receipt of a movement of money.
 *
 * @param success always true; rejections have no receipt
 */
public record TransferReceipt(boolean success, UUID transactionId) {

    static TransferReceipt of(Transaction transaction) {
        return new TransferReceipt(true, transaction.id());
    }
}
