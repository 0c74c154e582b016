package io.thespace.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
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

    @Inject
    Event<StandingChanged> changes;

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

    /**
     * The actor's organization.
     *
     * @throws Rejection {@code ORGANIZATION_NOT_FOUND} for any other
     */
    public OrganizationView find(Actor actor, UUID id) {
        return own(actor, id).view();
    }

    /** Changes the actor's organization; refuses as {@link #find}. */
    public OrganizationView change(Actor actor, UUID id, OrganizationChange change) {
        Organization organization = own(actor, id);
        organization.change(change);
        return organization.view();
    }

    /** Ends the actor's organization for everybody in it; refuses as {@link #find}. Its data stay until they are erased. */
    public void delete(Actor actor, UUID id) {
        own(actor, id).delete();
        changes.fire(new StandingChanged(id));
    }

    /**
     * Lets nobody of an organization in any more.
     *
     * @param actor a platform administrator
     * @throws Rejection {@code ORGANIZATION_NOT_FOUND}; {@code ORGANIZATION_OWN}
     */
    public OrganizationView suspend(Actor actor, UUID id) {
        Organization organization = named(id);
        if (id.equals(actor.orgId())) {
            throw new Rejection(
                    IdentityError.ORGANIZATION_OWN,
                    "This is your own organization: nobody could reactivate it. Suspend it from another one.");
        }
        organization.suspend();
        changes.fire(new StandingChanged(id));
        return organization.view();
    }

    /** Takes {@link #suspend} back; refuses as that. */
    public OrganizationView reactivate(Actor actor, UUID id) {
        Organization organization = named(id);
        organization.reactivate();
        return organization.view();
    }

    /** The limits of the actor's organization; refuses as {@link #find}. */
    public RateLimits limits(Actor actor, UUID id) {
        own(actor, id);
        return quota(actor);
    }

    /** What all callers of the actor's organization may ask for together, whatever its status. */
    public RateLimits quota(Actor actor) {
        OrganizationLimits limits = em.find(OrganizationLimits.class, actor.orgId());
        return limits == null ? new RateLimits(null, null, null) : limits.view();
    }

    /** Changes the limits of the actor's organization; refuses as {@link #find}. */
    public RateLimits changeLimits(Actor actor, UUID id, RateLimitsChange change) {
        own(actor, id);
        OrganizationLimits limits = em.find(OrganizationLimits.class, id);
        if (limits == null) {
            limits = new OrganizationLimits(id);
            em.persist(limits);
        }
        limits.change(change);
        changes.fire(new StandingChanged(id));
        return limits.view();
    }

    private Organization own(Actor actor, UUID id) {
        if (!id.equals(actor.orgId())) {
            throw unknown();
        }
        return any(id);
    }

    /** Whichever it is, the actor's own or another one. */
    private Organization named(UUID id) {
        name(em, id);
        return any(id);
    }

    /** Lets the transaction see and write one organization beside its tenant. */
    static void name(EntityManager em, UUID id) {
        em.createNativeQuery("select set_config('app.named_org_id', :id, true)")
                .setParameter("id", id.toString())
                .getSingleResult();
    }

    private Organization any(UUID id) {
        Organization organization = em.find(Organization.class, id);
        if (organization == null || organization.deleted()) {
            throw unknown();
        }
        return organization;
    }

    private static Rejection unknown() {
        return new Rejection(IdentityError.ORGANIZATION_NOT_FOUND, "There is no organization with this id.");
    }
}
