package io.thespace.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.UUID;

/** The tenants. */
@Stateless
public class Organizations {

    /** Any number that nothing else locks. */
    private static final long FIRST_START_LOCK = 0x7468_6573_7061_6365L;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** Whether nobody exists yet. */
    public boolean untouched(Actor actor) {
        return em.createQuery("select u.id from User u", UUID.class)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /**
     * Makes the first organization and its owner, a platform administrator, unless anybody exists by now.
     *
     * @param actor the platform inside the tenant that is to be, which is bound already
     * @param email in lower case
     * @param passwordHash a PHC string
     * @return whether it was this call that made them, and not another node's
     */
    public boolean found(Actor actor, String name, String email, String passwordHash) {
        em.createNativeQuery("select 1 from (select pg_advisory_xact_lock(:lock)) as waited")
                .setParameter("lock", FIRST_START_LOCK)
                .getSingleResult();
        if (!untouched(actor)) {
            return false;
        }
        Instant now = Instant.now();
        UUID userId = UuidCreator.getTimeOrderedEpoch();
        em.persist(new Organization(actor.orgId(), name, now));
        em.persist(User.administrator(userId, email, "Administrator", passwordHash, now));
        em.flush();
        em.persist(new Membership(UuidCreator.getTimeOrderedEpoch(), actor.orgId(), userId, MembershipRole.OWNER, now));
        return true;
    }
}
