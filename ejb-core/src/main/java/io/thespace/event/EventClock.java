package io.thespace.event;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Deletes events that have been kept long enough, some thousands at a time, on one node at a time. */
@Singleton
public class EventClock {

    private static final int MAX_DELETED = 10_000;

    @PersistenceContext(unitName = "core")
    private EntityManager entities;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        entities.createNativeQuery("select core.purge_events(?1, ?2)")
                .setParameter(1, Configuration.get().get(Key.EVENT_DAYS))
                .setParameter(2, MAX_DELETED)
                .getSingleResult();
    }
}
