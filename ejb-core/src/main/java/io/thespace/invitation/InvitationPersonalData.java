package io.thespace.invitation;

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

/** Personal data of invitations: creator, revoker, accepting users and names. Erasure anonymises the invitations and keeps them. */
@Stateless
public class InvitationPersonalData implements PersonalData {

    private static final String INVITATIONS = "core.invitations";
    private static final String ACCEPTANCES = "core.invitation_acceptances";
    private static final String ERASED = "(erased)";

    private static final String ABOUT =
            """
            from core.invitations i where i.org_id = :org
            and (i.created_by = cast(:user as uuid) or i.revoked_by = cast(:user as uuid)
                 or i.email = (select u.email from core.users u where u.id = cast(:user as uuid))
                 or core.matches_person(i.email, cast(:user as uuid), cast(:mention as text))
                 or core.matches_person(i.name, cast(:user as uuid), cast(:mention as text)))
            """;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** An invitation in an export. */
    record InvitationExport(UUID invitationId, String name, Instant createdAt) {}

    /** The acceptance of an invitation in an export. */
    record AcceptanceExport(UUID invitationId, Instant acceptedAt) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        Map<String, Long> counts = new LinkedHashMap<>();
        put(counts, INVITATIONS, number("select count(*) " + ABOUT, actor, subject));
        put(
                counts,
                ACCEPTANCES,
                ((Number) em.createNativeQuery("select count(*) from core.invitation_acceptances"
                                        + " where org_id = :org and user_id = cast(:user as uuid)")
                                .setParameter("org", actor.orgId())
                                .setParameter("user", subject.userId())
                                .getSingleResult())
                        .longValue());
        return counts;
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        rows("select i.id, i.name, i.created_at " + ABOUT + " order by i.id limit 100000", actor, subject)
                .forEach(row -> sink.accept(
                        INVITATIONS, new InvitationExport((UUID) row[0], (String) row[1], (Instant) row[2])));
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> accepted = em.createNativeQuery(
                        "select invitation_id, accepted_at from core.invitation_acceptances"
                                + " where org_id = :org and user_id = cast(:user as uuid) order by invitation_id limit 100000")
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .getResultList();
        accepted.forEach(row -> sink.accept(ACCEPTANCES, new AcceptanceExport((UUID) row[0], (Instant) row[1])));
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        Map<String, Long> erased = new LinkedHashMap<>();
        put(
                erased,
                INVITATIONS,
                em.createNativeQuery("update core.invitations set version = version + 1,"
                                + " created_by = nullif(created_by, cast(:user as uuid)),"
                                + " revoked_by = nullif(revoked_by, cast(:user as uuid)),"
                                // Not null: that would open an erased person's invitation to everybody.
                                + " email = case when email = (select u.email from core.users u where u.id = cast(:user as uuid))"
                                + " or core.matches_person(email, cast(:user as uuid), cast(:mention as text)) then '"
                                + ERASED
                                + "' else email end,"
                                + " name = case when core.matches_person(name, cast(:user as uuid), cast(:mention as text))"
                                + " then '" + ERASED + "' else name end where id in (select i.id " + ABOUT
                                + " limit :most)")
                        .setParameter("org", actor.orgId())
                        .setParameter("user", subject.userId())
                        .setParameter("mention", subject.mention())
                        .setParameter("most", most)
                        .executeUpdate());
        put(
                erased,
                ACCEPTANCES,
                em.createNativeQuery("delete from core.invitation_acceptances where (invitation_id, user_id) in ("
                                + "select invitation_id, user_id from core.invitation_acceptances"
                                + " where org_id = :org and user_id = cast(:user as uuid) limit :most)")
                        .setParameter("org", actor.orgId())
                        .setParameter("user", subject.userId())
                        .setParameter("most", most)
                        .executeUpdate());
        return erased;
    }

    private long number(String query, Actor actor, Subject subject) {
        return ((Number) em.createNativeQuery(query)
                        .setParameter("org", actor.orgId())
                        .setParameter("user", subject.userId())
                        .setParameter("mention", subject.mention())
                        .getSingleResult())
                .longValue();
    }

    @SuppressWarnings("unchecked") // native queries are not typed
    private List<Object[]> rows(String query, Actor actor, Subject subject) {
        return em.createNativeQuery(query)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("mention", subject.mention())
                .getResultList();
    }

    private static void put(Map<String, Long> counts, String store, long rows) {
        if (rows > 0) {
            counts.merge(store, rows, Long::sum);
        }
    }
}
