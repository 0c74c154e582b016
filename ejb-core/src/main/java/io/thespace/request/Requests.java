package io.thespace.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.audit.AuditEventView;
import io.thespace.audit.AuditEvents;
import io.thespace.event.EventView;
import io.thespace.event.Events;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The explanations of an organization's calls. */
@Stateless
public class Requests {

    private static final int MAX_CALLS = 10;
    private static final int MAX_EVENTS = 100;
    private static final int MAX_RECORDS = 50;

    /** Clocks of nodes differ a little, and some effects of a call follow its response. */
    private static final Duration BEFORE = Duration.ofSeconds(1);

    private static final Duration AFTERWARDS = Duration.ofSeconds(5);

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @EJB
    Events events;

    @EJB
    AuditEvents audit;

    /**
     * Explains the calls that carried a request id.
     *
     * @throws Rejection {@code REQUEST_NOT_FOUND}
     */
    public RequestView explain(Actor actor, String requestId) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<String> rows = em.createNativeQuery("select cast(r.call as text) from core.requests r"
                        + " where r.org_id = :org and r.request_id = :request order by r.id desc")
                .setParameter("org", actor.orgId())
                .setParameter("request", requestId)
                .setMaxResults(MAX_CALLS)
                .getResultList();
        if (rows.isEmpty()) {
            throw new Rejection(
                    RequestError.REQUEST_NOT_FOUND,
                    "Your organization has no record of a call with this request id. Records appear within a second of the"
                            + " call and are kept for SPACE_REQUEST_LOG_HOURS.");
        }
        List<CallView> calls = new ArrayList<>();
        for (String row : rows) {
            CallView call = read(row);
            Instant end = call.startedAt().plusMillis((long) call.timings().totalMillis());
            List<EventView> caused =
                    events.of(actor, requestId, call.startedAt().minus(BEFORE), end.plus(AFTERWARDS), MAX_EVENTS);
            calls.add(call.with(caused));
        }
        List<AuditEventView> records = audit.recent(
                        actor,
                        new AuditEvents.Filter(null, null, null, requestId, null, null),
                        new PageRequest(MAX_RECORDS, Optional.empty()))
                .items();
        return new RequestView(requestId, calls, records);
    }

    private static CallView read(String row) {
        try {
            return Json.MAPPER.readValue(row, CallView.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A call's explanation cannot be read", e);
        }
    }

    /** Writes explanations of any organizations' calls. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void write(List<RequestEntry> entries) {
        String calls;
        try {
            calls = Json.MAPPER.writeValueAsString(entries);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Calls cannot be written as JSON", e);
        }
        em.createNativeQuery("select core.record_requests(cast(:calls as jsonb))")
                .setParameter("calls", calls)
                .getSingleResult();
    }

    /**
     * Drops explanations of calls that ended before a time.
     *
     * @param most the maximum to drop
     * @return the number dropped
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public long purge(Instant before, int most) {
        return ((Number) em.createNativeQuery("select core.purge_requests(:before, :most)")
                        .setParameter("before", Events.firstId(before))
                        .setParameter("most", most)
                        .getSingleResult())
                .longValue();
    }
}
