package io.thespace.invitation;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Forgets invitations 90 days after they expired, some thousands at a time. */
@Singleton
public class InvitationExpiry {

    @PersistenceContext(unitName = "core")
    private EntityManager entities;

    @Schedule(hour = "*", minute = "7", persistent = false)
    public void purge() {
        entities.createNativeQuery("select core.purge_invitations(10000)").getSingleResult();
    }
}
