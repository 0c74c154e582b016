package io.thespace.hub.node;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.transaction.Purges;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Deletes the messages of channels that have been kept long enough. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChannelMessageExpiry {

    @Inject
    private Purges purges;

    @Schedule(hour = "*", minute = "*/5", persistent = false)
    public void purge() {
        purges.run("purge_channel_messages", Configuration.get().get(Key.CHANNEL_MESSAGE_DAYS));
    }
}
