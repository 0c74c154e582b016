package io.thespace.audit;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Reads the audit back. The tenant that is bound decides which chain there is to see. */
@Stateless
public class AuditEvents {

    /** The maximum of records that one call verifies; some seconds of work. */
    private static final int MAX_VERIFIED = 50_000;

    /**
     * A filter of records; null members do not filter.
     *
     * @param userId the caller
     * @param source the plugin or group
     * @param outcome the outcome of the call
     * @param requestId the id of the request
     * @param since recorded at or after this time
     * @param until recorded before
     */
    public record Filter(
            UUID userId, String source, AuditOutcome outcome, String requestId, Instant since, Instant until) {}

    @PersistenceContext(unitName = "core")
    EntityManager entities;

    /**
     * The records of a chain, newest first. A record is to be seen when it has its place in the chain, about a second after
     * it was written.
     *
     * @param actor whose organization's chain it is; without one, the platform's
     */
    public Page<AuditEventView> recent(Actor actor, Filter filter, PageRequest page) {
        StringBuilder query =
                new StringBuilder("select new io.thespace.audit.AuditEventView(e.position, e.id, e.recordedAt, e.orgId,"
                        + " e.userId, e.role, e.signInId, e.address, e.synthetic, e.method, e.path, e.source, e.action,"
                        + " e.resource, e.outcome, e.status, e.kind, e.error, e.requestId, e.requestDigest,"
                        + " e.answerDigest, e.beforeDigest, e.afterDigest, e.previous, e.hash)"
                        + " from AuditEvent e where e.orgId = :org");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("org", AuditRecord.chain(actor.orgId()));
        narrow(query, values, "e.userId = ", "user", filter.userId());
        narrow(query, values, "e.source = ", "source", filter.source());
        narrow(
                query,
                values,
                "e.outcome = ",
                "outcome",
                filter.outcome() == null ? null : filter.outcome().text());
        narrow(query, values, "e.requestId = ", "request", filter.requestId());
        narrow(query, values, "e.recordedAt >= ", "since", filter.since());
        narrow(query, values, "e.recordedAt < ", "until", filter.until());
        narrow(
                query,
                values,
                "e.position < ",
                "after",
                page.after().map(Long::valueOf).orElse(null));
        query.append(" order by e.position desc");
        TypedQuery<AuditEventView> rows =
                entities.createQuery(query.toString(), AuditEventView.class).setMaxResults(page.limit() + 1);
        values.forEach(rows::setParameter);
        return Page.of(rows.getResultList(), page.limit(), event -> Long.toString(event.position()));
    }

    private static void narrow(
            StringBuilder query, Map<String, Object> values, String condition, String name, Object value) {
        if (value != null) {
            query.append(" and ").append(condition).append(':').append(name);
            values.put(name, value);
        }
    }

    /**
     * Recomputes the hashes of the next records of a chain, up to some ten thousand.
     *
     * @param actor whose organization's chain it is; without one, the platform's
     * @param after the position that an earlier call reached; 0 for the beginning
     */
    public AuditVerificationView verify(Actor actor, long after) {
        Object[] walk = (Object[]) entities.createNativeQuery("select checked, reached, last_position, last_hash,"
                        + " broken_at, broken_how from core.verify_audit(:org, :after, :most)")
                .setParameter("org", AuditRecord.chain(actor.orgId()))
                .setParameter("after", after)
                .setParameter("most", MAX_VERIFIED)
                .getSingleResult();
        long reached = ((Number) walk[1]).longValue();
        long last = ((Number) walk[2]).longValue();
        boolean intact = walk[4] == null;
        return new AuditVerificationView(
                intact,
                ((Number) walk[0]).intValue(),
                intact && reached < last ? reached : null,
                last,
                HexFormat.of().formatHex((byte[]) walk[3]),
                intact
                        ? null
                        : new AuditVerificationView.BreakView(
                                ((Number) walk[4]).longValue(), AuditVerificationView.words((String) walk[5])));
    }
}
