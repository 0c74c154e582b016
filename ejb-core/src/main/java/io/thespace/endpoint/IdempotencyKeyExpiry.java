package io.thespace.endpoint;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Forgets idempotency keys that are a day old, some thousands at a time. */
@Singleton
public class IdempotencyKeyExpiry {

    @PersistenceContext(unitName = "core")
    private EntityManager entities;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        entities.createNativeQuery("select core.purge_idempotency_keys(10000)").getSingleResult();
    }
}
