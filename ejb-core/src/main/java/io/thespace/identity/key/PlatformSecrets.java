package io.thespace.identity.key;

import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;

/** Random secrets in the database, each created once by the first node that needs it. */
@Stateless
public class PlatformSecrets {

    private static final int BYTES = 32;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** Finds a secret or makes it; in a transaction of its own, so that what was handed out is never rolled back. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public byte[] obtain(Actor actor, String name) {
        byte[] candidate = new byte[BYTES];
        new SecureRandom().nextBytes(candidate);
        em.createNativeQuery(
                        "insert into core.platform_secrets (name, value) values (:name, :value) on conflict do nothing")
                .setParameter("name", name)
                .setParameter("value", candidate)
                .executeUpdate();
        return (byte[]) em.createNativeQuery("select value from core.platform_secrets where name = :name")
                .setParameter("name", name)
                .getSingleResult();
    }
}
