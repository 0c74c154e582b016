package io.thespace.identity;

import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who belongs to which organization, and as what. */
@Stateless
public class Memberships {

    private static final UUID NONE = new UUID(0, 0);
    private static final int MOST_ADMINISTRATORS = 1_000;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** Where a user may sign in: memberships in active organizations, the oldest first. Needs no tenant. */
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
     * How a member of the bound tenant and one of its sign-ins stand.
     *
     * @param signInId null for a user whom an external issuer signed in
     * @return empty when there is no such membership
     */
    public Optional<StandingView> standing(Actor actor, UUID orgId, UUID userId, UUID signInId) {
        return em.createQuery(
                        "select new io.thespace.identity.StandingView(u.status, o.status, m.role, u.platformAdmin,"
                                + " u.synthetic, u.email, s.revokedAt, s.expiresAt) from Membership m"
                                + " join User u on u.id = m.userId"
                                + " join Organization o on o.id = m.orgId"
                                + " left join SignIn s on s.id = :signIn and s.userId = m.userId and s.orgId = m.orgId"
                                + " where m.orgId = :org and m.userId = :user",
                        StandingView.class)
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

    /** The members of the actor's organization who administer it or the platform, by name; at most 1,000. */
    public List<PersonView> administrators(Actor actor) {
        return em.createQuery(
                        "select new io.thespace.identity.PersonView(u.id, u.name) from Membership m"
                                + " join User u on u.id = m.userId where m.orgId = :org and u.status = :active"
                                + " and (u.platformAdmin = true or m.role in ('owner', 'admin')) order by u.name, u.id",
                        PersonView.class)
                .setParameter("org", actor.orgId())
                .setParameter("active", User.ACTIVE)
                .setMaxResults(MOST_ADMINISTRATORS)
                .getResultList();
    }
}
