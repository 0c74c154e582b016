package io.thespace.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The tenants. */
@Stateless
public class Organizations {

    /** Any number that nothing else locks. */
    private static final long FIRST_START_LOCK = 0x7468_6573_7061_6365L;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Inject
    Event<AccessReduced> changes;

    @Inject
    Event<OrganizationCreated> creations;

    /** Whether there are no users yet. */
    public boolean untouched(Actor actor) {
        return em.createQuery("select u.id from User u", UUID.class)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /**
     * Creates the first organization and its owner, a platform administrator, unless users exist.
     *
     * @param actor the platform in the tenant to create, which is bound already
     * @param email in lower case
     * @param passwordHash a PHC string
     * @return whether this call created them, and not another node
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
        creations.fire(new OrganizationCreated(actor.orgId()));
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

    /**
     * Creates an active organization without users.
     *
     * @param actor inside the organization that is to be, which is bound already
     */
    public OrganizationView add(Actor actor, String name) {
        Organization organization = new Organization(actor.orgId(), name.strip(), Instant.now());
        em.persist(organization);
        em.flush();
        creations.fire(new OrganizationCreated(actor.orgId()));
        return organization.view();
    }

    /** All organizations, the newest first. */
    public Page<OrganizationView> list(Actor actor, PageRequest page) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery(
                        "select id, name, status, created_at from core.organizations_before(cast(:before as uuid), :most)")
                .setParameter("before", page.after().orElse(null))
                .setParameter("most", page.limit() + 1)
                .getResultList();
        List<OrganizationView> views = rows.stream()
                .map(row -> new OrganizationView((UUID) row[0], (String) row[1], (String) row[2], (Instant) row[3]))
                .toList();
        return Page.of(views, page.limit(), organization -> organization.id().toString());
    }

    /**
     * Deletes the actor's organization for all its members. Its data are kept until they are erased. Its data stay
     * until they are erased.
     *
     * @throws Rejection {@code ORGANIZATION_NOT_FOUND} for any other; {@code ROLE_EXCEEDED} when it has a platform
     *     administrator and the actor is not one
     */
    public void delete(Actor actor, UUID id) {
        Organization organization = own(actor, id);
        if (!actor.may(Permission.ORGANIZATION_SUSPEND) && ofPlatformAdministrators(id)) {
            throw new Rejection(
                    IdentityError.ROLE_EXCEEDED,
                    "Platform administrators belong to this organization; one of them may delete it.");
        }
        organization.delete();
        changes.fire(new AccessReduced(id));
    }

    /**
     * Locks all users of an organization out.
     *
     * @param actor a platform administrator
     * @throws Rejection {@code ORGANIZATION_NOT_FOUND}; {@code ORGANIZATION_OWN}
     */
    public OrganizationView suspend(Actor actor, UUID id) {
        Organization organization = named(id);
        if (id.equals(actor.orgId())) {
            throw new Rejection(
                    IdentityError.ORGANIZATION_OWN,
                    "This is your own organization: none of its users could reactivate it. Suspend it from another one.");
        }
        organization.suspend();
        changes.fire(new AccessReduced(id));
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

    /** Returns the combined limits of all callers of the actor's organization, whatever its status. */
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
        changes.fire(new AccessReduced(id));
        return limits.view();
    }

    private boolean ofPlatformAdministrators(UUID id) {
        return !em.createNativeQuery("select 1" + Memberships.PLATFORM_ADMINISTRATORS + " limit 1")
                .setParameter("org", id)
                .getResultList()
                .isEmpty();
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
