package io.thespace.hub.node;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Wakes the hub, and deletes the messages of channels that have been kept long enough, some thousands at a time. */
@Singleton
public class HubClock {

    @PersistenceContext(unitName = "core")
    private EntityManager entities;

    @Inject
    private Hub hub;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void tick() {
        hub.tick();
    }

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        entities.createNativeQuery("select core.purge_channel_messages(?1, 10000)")
                .setParameter(1, Configuration.get().get(Key.CHANNEL_MESSAGE_DAYS))
                .getSingleResult();
    }
}
