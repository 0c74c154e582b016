package io.thespace.identity;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * A user with their membership and sign-ins in the bound tenant. The account itself belongs to no tenant: it is made
 * nobody's when the user belongs to no other organization. Failed sign-ins with an address are counted by its digest for 15 minutes; they
 * belong to no tenant, and none can clear them.
 */
@Stateless
public class IdentityPersonalData implements PersonalData {

    private static final String USERS = "core.users";
    private static final String MEMBERSHIPS = "core.memberships";
    private static final String REMOVED = "core.removed_members";
    private static final String SIGN_INS = "core.sign_ins";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** A user in an export. */
    record UserExport(UUID userId, String email, String name, String status, Instant createdAt) {}

    /** A membership in an export. */
    record MembershipExport(UUID userId, String role, String status, Instant createdAt) {}

    /** A removal in an export. */
    record RemovalExport(UUID userId, String role, Instant removedAt) {}

    /** A sign-in in an export. */
    record SignInExport(UUID signInId, Instant createdAt, Instant expiresAt, Instant revokedAt) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        Map<String, Long> counts = new LinkedHashMap<>();
        if (subject.userId() != null) {
            long members = number(
                    actor, subject, "select count(m) from Membership m where m.orgId = :org and m.userId = :user");
            put(counts, USERS, isLeft(subject) ? 1 : members == 0 ? 0 : 1);
            put(counts, MEMBERSHIPS, members);
            put(
                    counts,
                    REMOVED,
                    ((Number) em.createNativeQuery("select count(*) from core.removed_members"
                                            + " where org_id = :org and user_id = :user")
                                    .setParameter("org", actor.orgId())
                                    .setParameter("user", subject.userId())
                                    .getSingleResult())
                            .longValue());
            put(
                    counts,
                    SIGN_INS,
                    number(actor, subject, "select count(s) from SignIn s where s.orgId = :org and s.userId = :user"));
        }
        return counts;
    }

    /** Whether no organization holds the account any more, so that it is treated with this organization's data. */
    private boolean isLeft(Subject subject) {
        return (Boolean) em.createNativeQuery("select core.user_is_left(:user)")
                .setParameter("user", subject.userId())
                .getSingleResult();
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        if (subject.userId() == null) {
            return;
        }
        List<MembershipExport> memberships = em.createQuery(
                        "select new io.thespace.identity.IdentityPersonalData$MembershipExport(m.userId, m.role, m.status,"
                                + " m.createdAt) from Membership m where m.orgId = :org and m.userId = :user",
                        MembershipExport.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .getResultList();
        List<?> removals = em.createNativeQuery("select role, removed_at from core.removed_members"
                        + " where org_id = :org and user_id = :user")
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .getResultList();
        removals.stream()
                .map(row -> (Object[]) row)
                .map(row -> new RemovalExport(subject.userId(), (String) row[0], (Instant) row[1]))
                .forEach(removal -> sink.accept(REMOVED, removal));
        if (memberships.isEmpty() && !isLeft(subject)) {
            return;
        }
        em.createQuery(
                        "select new io.thespace.identity.IdentityPersonalData$UserExport(u.id, u.email, u.name, u.status,"
                                + " u.createdAt) from User u where u.id = :user",
                        UserExport.class)
                .setParameter("user", subject.userId())
                .getResultList()
                .forEach(user -> sink.accept(USERS, user));
        memberships.forEach(membership -> sink.accept(MEMBERSHIPS, membership));
        em.createQuery(
                        "select new io.thespace.identity.IdentityPersonalData$SignInExport(s.id, s.createdAt, s.expiresAt,"
                                + " s.revokedAt) from SignIn s where s.orgId = :org and s.userId = :user order by s.id",
                        SignInExport.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .getResultStream()
                .forEach(signIn -> sink.accept(SIGN_INS, signIn));
    }

    /** The sign-ins with their refresh tokens, then the membership or its removal, then the account. */
    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        Map<String, Long> erased = new LinkedHashMap<>();
        if (subject.userId() == null) {
            return erased;
        }
        put(
                erased,
                SIGN_INS,
                ((Number) em.createNativeQuery("select core.erase_sign_ins(:user, :most)")
                                .setParameter("user", subject.userId())
                                .setParameter("most", most)
                                .getSingleResult())
                        .longValue());
        if (erased.containsKey(SIGN_INS)) {
            return erased;
        }
        put(
                erased,
                MEMBERSHIPS,
                em.createNativeQuery("delete from core.memberships where org_id = :org and user_id = :user")
                        .setParameter("org", actor.orgId())
                        .setParameter("user", subject.userId())
                        .executeUpdate());
        put(
                erased,
                REMOVED,
                em.createNativeQuery("delete from core.removed_members where org_id = :org and user_id = :user")
                        .setParameter("org", actor.orgId())
                        .setParameter("user", subject.userId())
                        .executeUpdate());
        put(
                erased,
                USERS,
                ((Number) em.createNativeQuery("select core.erase_user(:user)")
                                .setParameter("user", subject.userId())
                                .getSingleResult())
                        .longValue());
        return erased;
    }

    private long number(Actor actor, Subject subject, String query) {
        return em.createQuery(query, Long.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .getSingleResult();
    }

    private static void put(Map<String, Long> counts, String store, long rows) {
        if (rows > 0) {
            counts.put(store, rows);
        }
    }
}
