package io.thespace.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The memberships of users in organizations. */
@Stateless
public class Memberships {

    private static final UUID NONE = new UUID(0, 0);
    private static final int MAX_ADMINISTRATORS = 1_000;

    private static final String MEMBERS = "select new io.thespace.identity.MemberView(u.id, u.email, u.name, m.role,"
            + " m.status, m.createdAt) from Membership m join User u on u.id = m.userId";

    /** The members of an organization who are platform administrators, here or by an external issuer's tokens. */
    static final String PLATFORM_ADMINISTRATORS =
            " from core.memberships m join core.users u on u.id = m.user_id where m.org_id = :org"
                    + " and (u.platform_admin or m.issuer_admin_at > now() - interval '30 days')";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Inject
    Event<AccessReduced> changes;

    /**
     * Returns the memberships of a user in active organizations, the oldest first. Needs no tenant. Needs no tenant.
     */
    public List<MembershipView> of(Actor actor, UUID userId) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery("select org_id, role from core.memberships_of(:user)")
                .setParameter("user", userId)
                .getResultList();
        return rows.stream()
                .map(row -> new MembershipView((UUID) row[0], (String) row[1]))
                .toList();
    }

    /**
     * Returns the access status of a member of the bound tenant and of one of its sign-ins.
     *
     * @param signInId null for a user of an external issuer
     * @return empty when there is no such membership
     */
    public Optional<AccessStatusView> accessStatus(Actor actor, UUID orgId, UUID userId, UUID signInId) {
        return em.createQuery(
                        "select new io.thespace.identity.AccessStatusView(u.status, o.status, m.status, m.role,"
                                + " m.followsIssuer, m.issuerAdminAt, u.platformAdmin, u.synthetic, u.email, s.revokedAt,"
                                + " s.expiresAt) from Membership m"
                                + " join User u on u.id = m.userId"
                                + " join Organization o on o.id = m.orgId"
                                + " left join SignIn s on s.id = :signIn and s.userId = m.userId and s.orgId = m.orgId"
                                + " where m.orgId = :org and m.userId = :user",
                        AccessStatusView.class)
                .setParameter("signIn", signInId == null ? NONE : signInId)
                .setParameter("org", orgId)
                .setParameter("user", userId)
                .getResultStream()
                .findFirst();
    }

    /** A member of the actor's organization. */
    public Optional<PersonView> find(Actor actor, UUID userId) {
        return em.createQuery(
                        "select new io.thespace.identity.PersonView(u.id, u.name) from Membership m"
                                + " join User u on u.id = m.userId where m.orgId = :org and m.userId = :user",
                        PersonView.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .getResultStream()
                .findFirst();
    }

    /** Returns the members of the actor's organization who administer it or the platform, by name; at most 1,000. */
    public List<PersonView> administrators(Actor actor) {
        return em.createQuery(
                        "select new io.thespace.identity.PersonView(u.id, u.name) from Membership m"
                                + " join User u on u.id = m.userId where m.orgId = :org and u.status = :active"
                                + " and (u.platformAdmin = true or m.role in ('owner', 'admin')) order by u.name, u.id",
                        PersonView.class)
                .setParameter("org", actor.orgId())
                .setParameter("active", User.ACTIVE)
                .setMaxResults(MAX_ADMINISTRATORS)
                .getResultList();
    }

    /** Returns the users of the actor's organization, the most recently created first. */
    public Page<MemberView> list(Actor actor, PageRequest page) {
        TypedQuery<MemberView> rows = em.createQuery(
                        MEMBERS + " where m.orgId = :org" + (page.after().isEmpty() ? "" : " and m.userId < :after")
                                + " order by m.userId desc",
                        MemberView.class)
                .setParameter("org", actor.orgId())
                .setMaxResults(page.limit() + 1);
        page.after().ifPresent(after -> rows.setParameter("after", UUID.fromString(after)));
        return Page.of(rows.getResultList(), page.limit(), member -> member.id().toString());
    }

    /**
     * A user of the actor's organization.
     *
     * @throws Rejection {@code USER_NOT_FOUND}
     */
    public MemberView member(Actor actor, UUID userId) {
        return view(membership(actor, userId));
    }

    /**
     * Rejects an invitation when the actor may not grant its role, or when the invitee is already a user of the actor's
     * organization. The result does not reveal whether the address is known elsewhere on the platform. Whether the
     * platform knows the address from elsewhere makes no difference.
     *
     * @throws Rejection {@code ROLE_EXCEEDED}, {@code USER_EXISTS}
     */
    public void checkInvitable(Actor actor, MemberOrder order) {
        checkExceeds(actor, order.role());
        if (memberWith(actor, order.email()).isPresent()) {
            throw Rejection.of(IdentityError.USER_EXISTS, "email", "This user belongs to your organization already.");
        }
    }

    /**
     * Changes what a user is to the actor's organization. An external issuer's user who was removed is a member again once they are to
     * be active, with the role that they had.
     *
     * @throws Rejection {@code USER_NOT_FOUND}, {@code ROLE_EXCEEDED}, {@code LAST_OWNER}
     */
    public MemberView change(Actor actor, UUID userId, MemberChange change) {
        if (change.status() == MemberChange.Status.ACTIVE) {
            readmit(actor, userId);
        }
        Membership membership = changeable(actor, userId);
        if (change.role() != null) {
            checkExceeds(actor, change.role());
            membership.become(change.role());
        }
        if (change.status() != null) {
            switch (change.status()) {
                case ACTIVE -> membership.reactivate();
                case SUSPENDED -> membership.suspend();
            }
        }
        checkOwned(actor);
        changes.fire(new AccessReduced(actor.orgId()));
        return view(membership);
    }

    /**
     * Takes a user, with their sign-ins and tokens, out of the actor's organization; refuses as {@link #change}. The tokens of an
     * external issuer make its user no member again, see {@link Users#provision}.
     */
    public void remove(Actor actor, UUID userId) {
        Membership membership = changeable(actor, userId);
        em.createNativeQuery("insert into core.removed_members (org_id, user_id, role, follows_issuer, removed_at)"
                        + " select m.org_id, m.user_id, m.role, m.follows_issuer, now() from core.memberships m"
                        + " join core.users u on u.id = m.user_id"
                        + " where m.org_id = :org and m.user_id = :user and u.issuer is not null"
                        + " on conflict do nothing")
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .executeUpdate();
        em.remove(membership);
        checkOwned(actor);
        changes.fire(new AccessReduced(actor.orgId()));
    }

    /** Refuses what {@link #remove} would refuse, and changes nothing. */
    public void checkRemovable(Actor actor, UUID userId) {
        Membership membership = changeable(actor, userId);
        if (membership.role() == MembershipRole.OWNER && owners(actor, userId) == 0) {
            throw unowned();
        }
    }

    /**
     * Whether a user is the only active owner of the actor's organization. No other change of its users is made until the transaction
     * ends.
     */
    public boolean isLastOwner(Actor actor, UUID userId) {
        lock(actor);
        return memberIfThere(actor, userId)
                        .filter(member -> member.role().equals(MembershipRole.OWNER.text()))
                        .isPresent()
                && owners(actor, userId) == 0;
    }

    /**
     * Lets a user of the bound tenant act no more.
     *
     * @return whether there was such a user
     */
    public boolean suspend(Actor actor, UUID userId) {
        int suspended = em.createNativeQuery("update core.memberships set status = 'suspended', version = version + 1"
                        + " where org_id = :org and user_id = :user")
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .executeUpdate();
        changes.fire(new AccessReduced(actor.orgId()));
        return suspended > 0;
    }

    /**
     * Returns the user of the actor's organization with this email address, in any spelling; of two, the one without an
     * external issuer.
     */
    public Optional<MemberView> memberWith(Actor actor, String email) {
        return em.createQuery(
                        MEMBERS
                                + " where m.orgId = :org and u.email = :email order by case when u.issuer is null then 0 else 1 end, u.id",
                        MemberView.class)
                .setParameter("org", actor.orgId())
                .setParameter("email", PersonIdentifier.normalForm(email))
                .getResultStream()
                .findFirst();
    }

    /** As {@link #member}, but empty when there is none. */
    public Optional<MemberView> memberIfThere(Actor actor, UUID userId) {
        return em.createQuery(MEMBERS + " where m.orgId = :org and m.userId = :user", MemberView.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .getResultStream()
                .findFirst();
    }

    private Membership membership(Actor actor, UUID userId) {
        return membership(actor, userId, LockModeType.NONE);
    }

    private Membership membership(Actor actor, UUID userId, LockModeType lock) {
        return em.createQuery("select m from Membership m where m.orgId = :org and m.userId = :user", Membership.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        IdentityError.USER_NOT_FOUND, "There is no user with this id in your organization."));
    }

    private void readmit(Actor actor, UUID userId) {
        em.createNativeQuery("with removed as (delete from core.removed_members where org_id = :org and user_id = :user"
                        + " returning role, follows_issuer)"
                        + " insert into core.memberships (id, org_id, user_id, role, follows_issuer, created_at)"
                        + " select :id, :org, :user, role, follows_issuer, now() from removed"
                        + " on conflict (org_id, user_id) do nothing")
                .setParameter("id", UuidCreator.getTimeOrderedEpoch())
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** One change of an organization's users at a time, or two owners could each remove the other. */
    private void lock(Actor actor) {
        em.createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:org, 4712))) as waited")
                .setParameter("org", actor.orgId().toString())
                .getSingleResult();
    }

    private Membership changeable(Actor actor, UUID userId) {
        lock(actor);
        // The tokens of an external issuer change a membership without the organization's lock.
        Membership membership = membership(actor, userId, LockModeType.PESSIMISTIC_WRITE);
        checkExceeds(actor, membership.role());
        if (!actor.may(Permission.ORGANIZATION_SUSPEND) && isPlatformAdministrator(actor, userId)) {
            throw new Rejection(
                    IdentityError.ROLE_EXCEEDED,
                    "This user is a platform administrator; only platform administrators may change the user.");
        }
        return membership;
    }

    /** Whether a user of the organization is a platform administrator, here or by an external issuer's tokens. */
    public boolean isPlatformAdministrator(Actor actor, UUID userId) {
        return !em.createNativeQuery("select 1" + PLATFORM_ADMINISTRATORS + " and m.user_id = :user")
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .getResultList()
                .isEmpty();
    }

    private static void checkExceeds(Actor actor, MembershipRole role) {
        if (!actor.permissions().containsAll(role.permissions())) {
            throw Rejection.of(
                    IdentityError.ROLE_EXCEEDED, "role", "The role %s may do what you may not.".formatted(role.text()));
        }
    }

    private void checkOwned(Actor actor) {
        em.flush();
        if (owners(actor, NONE) == 0) {
            throw unowned();
        }
    }

    /** The number of active owners besides one user. */
    private long owners(Actor actor, UUID beside) {
        return em.createQuery(
                        "select count(m) from Membership m where m.orgId = :org and m.role = :owner"
                                + " and m.status = :active and m.userId <> :beside",
                        Long.class)
                .setParameter("org", actor.orgId())
                .setParameter("owner", MembershipRole.OWNER.text())
                .setParameter("active", Membership.ACTIVE)
                .setParameter("beside", beside)
                .getSingleResult();
    }

    private static Rejection unowned() {
        return new Rejection(
                IdentityError.LAST_OWNER, "An organization needs an active owner. Make another user an owner first.");
    }

    private MemberView view(Membership membership) {
        return em.createQuery(MEMBERS + " where m = :membership", MemberView.class)
                .setParameter("membership", membership)
                .getSingleResult();
    }
}
