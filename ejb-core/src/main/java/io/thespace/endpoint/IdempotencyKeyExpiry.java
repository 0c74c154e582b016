package io.thespace.endpoint;

import io.thespace.transaction.Purges;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Deletes answers whose idempotency keys have expired. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class IdempotencyKeyExpiry {

    @Inject
    private Purges purges;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        purges.run("purge_idempotency_keys");
    }
}
