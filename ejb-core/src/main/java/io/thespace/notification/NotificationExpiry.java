package io.thespace.notification;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Forgets who read what is not listed any more, some thousands at a time. */
@Singleton
public class NotificationExpiry {

    @PersistenceContext(unitName = "core")
    private EntityManager entities;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        entities.createNativeQuery("select core.purge_notification_reads(?1, 10000)")
                .setParameter(1, Configuration.get().get(Key.NOTIFICATION_DAYS))
                .getSingleResult();
    }
}
