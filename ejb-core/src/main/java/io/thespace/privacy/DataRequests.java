package io.thespace.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.Memberships;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonalData.Subject;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Data requests in the actor's organization. */
@Stateless
public class DataRequests {

    /** The name of the export format. */
    static final String FORMAT = "the-space-personal-data/1";

    private static final int MAX_OPEN = 1_000;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Inject
    Subjects subjects;

    @Inject
    LegalHolds holds;

    @Inject
    Memberships memberships;

    /** The requests, the newest first; null for those in every state. */
    public Page<DataRequestView> list(Actor actor, DataRequestState state, PageRequest page) {
        TypedQuery<DataRequest> rows = em.createQuery(
                        "select r from DataRequest r where r.orgId = :org"
                                + (state == null ? "" : " and r.state = :state")
                                + (page.after().isEmpty() ? "" : " and r.id < :after")
                                + " order by r.id desc",
                        DataRequest.class)
                .setParameter("org", actor.orgId())
                .setMaxResults(page.limit() + 1);
        if (state != null) {
            rows.setParameter("state", state.text());
        }
        page.after().ifPresent(after -> rows.setParameter("after", UUID.fromString(after)));
        List<DataRequest> found = rows.getResultList();
        Map<UUID, List<StoreView>> stores =
                stores(em, found.stream().map(DataRequest::id).toList());
        Instant now = Instant.now();
        return Page.of(
                found.stream()
                        .map(request -> request.view(stores.getOrDefault(request.id(), List.of()), now))
                        .toList(),
                page.limit(),
                request -> request.id().toString());
    }

    /**
     * Returns a request.
     *
     * @throws Rejection {@code DATA_REQUEST_NOT_FOUND}
     */
    public DataRequestView find(Actor actor, UUID id) {
        return view(em, request(actor, id));
    }

    /**
     * Creates a request. An erasure under a legal hold waits until the hold is cleared.
     *
     * @throws Rejection {@code SUBJECT_AMBIGUOUS}, {@code SUBJECT_UNKNOWN}, {@code PLATFORM_ADMINISTRATOR}, {@code
     *     TOO_MANY_OPEN}; for the erasure of a user any rejection by {@link Memberships#remove}
     */
    public DataRequestView create(Actor actor, DataRequestOrder order) {
        holds.lock(actor);
        Subject subject = subjects.find(actor, order.userId(), order.identifier());
        if (order.kind() == DataRequestKind.ERASURE && subject.userId() != null) {
            checkErasable(actor, subject.userId());
        }
        checkRoom(actor);
        Instant now = Instant.now();
        DataRequest request = new DataRequest(
                UuidCreator.getTimeOrderedEpoch(),
                actor.orgId(),
                actor.userId(),
                order.kind(),
                subject.userId(),
                subject.identifier(),
                subjects.digest(subject.identifier()),
                now,
                now.plus(Duration.ofDays(Configuration.get().get(Key.PRIVACY_DEADLINE_DAYS))));
        if (order.kind() == DataRequestKind.ERASURE && holds.holds(actor, subject)) {
            request.hold();
        }
        em.persist(request);
        return request.view(List.of(), now);
    }

    private void checkErasable(Actor actor, UUID userId) {
        // Data of this organization about a person who is not its user is erased, whoever they are elsewhere.
        if (memberships.memberIfThere(actor, userId).isEmpty()) {
            return;
        }
        if (memberships.isPlatformAdministrator(actor, userId)) {
            throw new Rejection(
                    PrivacyError.PLATFORM_ADMINISTRATOR,
                    "This user is a platform administrator. The data of platform administrators cannot be erased by a data request.");
        }
        memberships.checkRemovable(actor, userId);
    }

    private void checkRoom(Actor actor) {
        long open = em.createQuery(
                        "select count(r) from DataRequest r where r.orgId = :org and r.state <> :completed", Long.class)
                .setParameter("org", actor.orgId())
                .setParameter("completed", DataRequestState.COMPLETED.text())
                .getSingleResult();
        if (open >= MAX_OPEN) {
            throw new Rejection(
                    PrivacyError.TOO_MANY_OPEN,
                    "There are %d requests that are not completed. Wait until some are.".formatted(open));
        }
    }

    /**
     * A part of an export.
     *
     * @param part counted from 1
     * @throws Rejection {@code DATA_REQUEST_NOT_FOUND}, {@code NO_EXPORT}, {@code EXPORT_PART_NOT_FOUND}
     */
    public Content export(Actor actor, UUID id, int part) {
        DataRequest request = request(actor, id);
        if (!request.exported(Instant.now())) {
            throw new Rejection(
                    PrivacyError.NO_EXPORT,
                    "There is no export: the request is an erasure, is not completed, or its export has expired.");
        }
        long parts = ((Number) em.createNativeQuery("select count(*) from core.data_exports where request_id = :id")
                        .setParameter("id", id)
                        .getSingleResult())
                .longValue();
        if (part < 1 || part > Math.max(1, parts)) {
            throw new Rejection(
                    PrivacyError.EXPORT_PART_NOT_FOUND,
                    "This export has the parts 1 to %d.".formatted(Math.max(1, parts)));
        }
        List<?> records = em.createNativeQuery("select content from core.data_exports where request_id = :id"
                        + " order by source, part offset :before limit 1")
                .setParameter("id", id)
                .setParameter("before", part - 1)
                .getResultList();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Disposition", "attachment; filename=\"%s-%d.json\"".formatted(id, part));
        if (part < parts) {
            headers.put("Link", "<?part=%d>; rel=\"next\"".formatted(part + 1));
        }
        return new Content(
                "application/json",
                export(request, part, Math.max(1, parts), records.isEmpty() ? "" : (String) records.get(0))
                        .getBytes(StandardCharsets.UTF_8),
                headers);
    }

    /** The header of every part. */
    private record Head(
            String format,
            UUID requestId,
            UUID userId,
            String identifier,
            long part,
            long parts,
            List<StoreView> stores) {}

    private String export(DataRequest request, long part, long parts, String records) {
        try {
            String head = Json.MAPPER.writeValueAsString(new Head(
                    FORMAT,
                    request.id(),
                    request.userId(),
                    request.identifier(),
                    part,
                    parts,
                    view(em, request).stores()));
            return head.substring(0, head.length() - 1) + ",\"records\":[\n" + records + "\n]}";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of texts and numbers is JSON", e);
        }
    }

    /**
     * The receipt of a completed request.
     *
     * @throws Rejection {@code DATA_REQUEST_NOT_FOUND}, {@code NOT_COMPLETED}
     */
    public ReceiptView receipt(Actor actor, UUID id) {
        DataRequest request = request(actor, id);
        if (request.receipt() == null) {
            throw new Rejection(
                    PrivacyError.NOT_COMPLETED,
                    "The request is %s. There is a receipt once it is completed."
                            .formatted(request.state().text()));
        }
        return new ReceiptView(id, request.receipt());
    }

    /**
     * Returns the subject of a completed erasure, for a verification.
     *
     * @throws Rejection {@code DATA_REQUEST_NOT_FOUND}, {@code NOT_COMPLETED}, {@code NOT_AN_ERASURE}, {@code
     *     IDENTIFIER_NEEDED}, {@code IDENTIFIER_WRONG}
     */
    public Subject erased(Actor actor, UUID id, String identifier) {
        DataRequest request = request(actor, id);
        if (request.kind() != DataRequestKind.ERASURE) {
            throw new Rejection(PrivacyError.NOT_AN_ERASURE, "Only an erasure can be verified.");
        }
        if (request.state() != DataRequestState.COMPLETED) {
            throw new Rejection(
                    PrivacyError.NOT_COMPLETED,
                    "The erasure is %s. Verify it once it is completed."
                            .formatted(request.state().text()));
        }
        if (identifier == null && request.userId() == null) {
            throw Rejection.of(
                    PrivacyError.IDENTIFIER_NEEDED,
                    "identifier",
                    "Give the identifier that was erased: the platform does not know it any more.");
        }
        if (identifier != null && !subjects.matches(identifier, request.identifierDigest())) {
            throw Rejection.of(
                    PrivacyError.IDENTIFIER_WRONG, "identifier", "This is not the identifier that was erased.");
        }
        return new Subject(request.userId(), identifier == null ? null : identifier.strip());
    }

    private DataRequest request(Actor actor, UUID id) {
        return em.createQuery("select r from DataRequest r where r.id = :id and r.orgId = :org", DataRequest.class)
                .setParameter("id", id)
                .setParameter("org", actor.orgId())
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        PrivacyError.DATA_REQUEST_NOT_FOUND,
                        "There is no data request with this id in your organization."));
    }

    static DataRequestView view(EntityManager em, DataRequest request) {
        return request.view(stores(em, List.of(request.id())).getOrDefault(request.id(), List.of()), Instant.now());
    }

    private static Map<UUID, List<StoreView>> stores(EntityManager em, List<UUID> requests) {
        Map<UUID, List<StoreView>> stores = new LinkedHashMap<>();
        if (requests.isEmpty()) {
            return stores;
        }
        List<?> rows = em.createNativeQuery("select request_id, source, store, found, treated, remaining, outcome, note"
                        + " from core.data_request_stores where request_id in :requests order by source, store")
                .setParameter("requests", requests)
                .getResultList();
        for (Object row : rows) {
            Object[] c = (Object[]) row;
            stores.computeIfAbsent((UUID) c[0], id -> new ArrayList<>())
                    .add(new StoreView(
                            (String) c[1],
                            (String) c[2],
                            ((Number) c[3]).longValue(),
                            ((Number) c[4]).longValue(),
                            c[5] == null ? null : ((Number) c[5]).longValue(),
                            (String) c[6],
                            (String) c[7]));
        }
        return stores;
    }
}
