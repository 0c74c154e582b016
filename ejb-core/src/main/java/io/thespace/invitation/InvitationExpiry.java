package io.thespace.invitation;

import io.thespace.transaction.Purges;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Forgets invitations 90 days after they expired. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class InvitationExpiry {

    @Inject
    private Purges purges;

    @Schedule(hour = "*", minute = "7", persistent = false)
    public void purge() {
        purges.run("purge_invitations");
    }
}
