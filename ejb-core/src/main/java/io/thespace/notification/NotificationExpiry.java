package io.thespace.notification;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.transaction.Purges;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Forgets who read what is not listed any more. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NotificationExpiry {

    @Inject
    private Purges purges;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        purges.run("purge_notification_reads", Configuration.get().get(Key.NOTIFICATION_DAYS));
    }
}
