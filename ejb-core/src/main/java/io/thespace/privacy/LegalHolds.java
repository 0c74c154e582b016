package io.thespace.privacy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.PersonalData.Subject;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The legal holds of the actor's organization. */
@Stateless
public class LegalHolds {

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Inject
    Subjects subjects;

    /** The holds, the newest first, cleared ones included. */
    public Page<LegalHoldView> list(Actor actor, PageRequest page) {
        TypedQuery<LegalHold> rows = em.createQuery(
                        "select h from LegalHold h where h.orgId = :org"
                                + (page.after().isEmpty() ? "" : " and h.id < :after") + " order by h.id desc",
                        LegalHold.class)
                .setParameter("org", actor.orgId())
                .setMaxResults(page.limit() + 1);
        page.after().ifPresent(after -> rows.setParameter("after", UUID.fromString(after)));
        return Page.of(rows.getResultList().stream().map(LegalHold::view).toList(), page.limit(), hold -> hold.id()
                .toString());
    }

    /**
     * Places a hold. Erasures of this person that are not completed wait from now on; one that runs stops after its batch.
     *
     * @throws Rejection {@code SUBJECT_AMBIGUOUS}, {@code SUBJECT_UNKNOWN}
     */
    public LegalHoldView place(Actor actor, LegalHoldOrder order) {
        lock(actor);
        Subject subject = subjects.find(actor, order.userId(), order.identifier());
        LegalHold hold = new LegalHold(
                UuidCreator.getTimeOrderedEpoch(),
                actor.orgId(),
                actor.userId(),
                subject.userId(),
                subject.identifier(),
                order.reason().strip(),
                Instant.now());
        em.persist(hold);
        for (DataRequest erasure : erasures(actor)) {
            if (erasure.state() != DataRequestState.HELD && same(subject, erasure)) {
                erasure.hold();
            }
        }
        return hold.view();
    }

    /**
     * Clears a hold; erasures that waited for it only continue.
     *
     * @throws Rejection {@code LEGAL_HOLD_NOT_FOUND}, {@code HOLD_CLEARED}
     */
    public LegalHoldView clear(Actor actor, UUID id, ClearanceOrder order) {
        lock(actor);
        LegalHold hold = em.createQuery(
                        "select h from LegalHold h where h.id = :id and h.orgId = :org", LegalHold.class)
                .setParameter("id", id)
                .setParameter("org", actor.orgId())
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        PrivacyError.LEGAL_HOLD_NOT_FOUND,
                        "There is no legal hold with this id in your organization."));
        if (hold.cleared()) {
            throw new Rejection(PrivacyError.HOLD_CLEARED, "This legal hold is cleared already.");
        }
        hold.clear(actor.userId(), order.reason().strip(), Instant.now());
        em.flush();
        for (DataRequest erasure : erasures(actor)) {
            if (erasure.state() == DataRequestState.HELD
                    && !holds(actor, new Subject(erasure.userId(), erasure.identifier()))) {
                erasure.release();
            }
        }
        return hold.view();
    }

    /** Whether an active hold covers a person's data. */
    public boolean holds(Actor actor, Subject subject) {
        return !em.createNativeQuery("select 1 from core.legal_holds where org_id = :org and cleared_at is null"
                        + " and (user_id = cast(:user as uuid) or core.matches_person(identifier, cast(:exact as text)))"
                        + " limit 1")
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("exact", subject.exact())
                .getResultList()
                .isEmpty();
    }

    /** Serializes changes of an organization's holds and erasures; otherwise concurrent ones could miss each other. */
    public void lock(Actor actor) {
        em.createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:org, 4713))) as waited")
                .setParameter("org", actor.orgId().toString())
                .getSingleResult();
    }

    /** The requests that are not completed, each locked, so that no batch is running. Their number is bounded. */
    private List<DataRequest> erasures(Actor actor) {
        return em.createQuery(
                        "select r from DataRequest r where r.orgId = :org and r.kind = :erasure and r.state <> :completed"
                                + " order by r.id",
                        DataRequest.class)
                .setParameter("org", actor.orgId())
                .setParameter("erasure", DataRequestKind.ERASURE.text())
                .setParameter("completed", DataRequestState.COMPLETED.text())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    private static boolean same(Subject subject, DataRequest erasure) {
        return (subject.userId() != null && subject.userId().equals(erasure.userId()))
                || PersonIdentifier.same(subject.identifier(), erasure.identifier());
    }
}
