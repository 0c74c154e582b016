package io.thespace.financial;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.UUID;

/** @param position within the transaction, from 1 */
@Embeddable
record EntryId(@Column(name = "transaction_id") UUID transactionId, int position) implements Serializable {}
