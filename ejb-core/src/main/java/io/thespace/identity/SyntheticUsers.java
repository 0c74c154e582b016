package io.thespace.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Sandbox;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The sandbox organization and its simulated users. Each user is created in a separate transaction, so that the caller,
 * who may be in another transaction, can sign it in.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SyntheticUsers {

    /** Any number that nothing else locks. */
    private static final long LOCK = 0x7361_6e64_626f_7831L;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** Returns the sandbox organization, and creates it on first use. */
    public UUID organization(Actor actor) {
        Optional<UUID> before = sandbox();
        if (before.isPresent()) {
            return before.get();
        }
        lock();
        return sandbox().orElseGet(() -> {
            UUID id = UuidCreator.getTimeOrderedEpoch();
            Organizations.name(em, id);
            em.persist(Organization.sandbox(id, Instant.now()));
            em.flush();
            return id;
        });
    }

    private Optional<UUID> sandbox() {
        return Optional.ofNullable((UUID)
                em.createNativeQuery("select core.sandbox_organization()").getSingleResult());
    }

    private void lock() {
        em.createNativeQuery("select 1 from (select pg_advisory_xact_lock(:lock)) as waited")
                .setParameter("lock", LOCK)
                .getSingleResult();
    }

    /** The synthetic user with an email address. */
    public Optional<UUID> find(Actor actor, String email) {
        return em.createQuery("select u.id from User u where u.email = :email and u.synthetic = true", UUID.class)
                .setParameter("email", email)
                .getResultStream()
                .findFirst();
    }

    /**
     * Makes a synthetic user, a member of the actor's organization, which is the sandbox; unless there is one by now.
     *
     * @throws Rejection {@code TOO_MANY_SYNTHETIC_USERS}
     */
    public UUID make(Actor actor, String email, String name, String passwordHash) {
        lock();
        Optional<UUID> before = find(actor, email);
        if (before.isPresent()) {
            return before.get();
        }
        long users = em.createQuery("select count(u) from User u where u.synthetic = true", Long.class)
                .getSingleResult();
        if (users >= Sandbox.MAX_USERS) {
            throw new Rejection(
                    IdentityError.TOO_MANY_SYNTHETIC_USERS,
                    "There are %d synthetic users, which is the maximum. Reuse existing keys.".formatted(users));
        }
        Instant now = Instant.now();
        UUID id = UuidCreator.getTimeOrderedEpoch();
        em.persist(User.synthetic(id, email, name, passwordHash, now));
        em.flush();
        em.persist(new Membership(UuidCreator.getTimeOrderedEpoch(), actor.orgId(), id, MembershipRole.MEMBER, now));
        return id;
    }
}
