package io.thespace.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** The memories of the actor's organization, as far as the actor sees them. */
@Stateless
public class Memories {

    /** The maximum of memories that one call deletes. */
    static final int MAX_DELETED = 1000;

    /** With the longest contents and metadata some 20 MB. */
    static final int EXPORTED = 500;

    private static final int INSERT_ATTEMPTS = 3;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /**
     * The memories that fit, the newest first.
     *
     * @throws Rejection {@code INVALID_IMPORTANCE}, {@code INVALID_TIME}
     */
    public Page<MemoryView> list(Actor actor, MemoryFilter filter, PageRequest page) {
        Instant at = filter.asOf() == null ? Instant.now() : Memory.time("as_of", filter.asOf());
        Conditions conditions = new Conditions(actor)
                .and("m.agentId = ", "agent", filter.agentId())
                .and("m.category = ", "category", filter.category())
                .and("m.importance >= ", "least", importance(filter.minImportance()))
                .and("m.subjectUserId = ", "subjectUser", filter.subjectUserId())
                .and("m.subjectKey = ", "subject", PersonIdentifier.normalForm(filter.subject()));
        if (filter.since() != null) {
            // Ids begin with their time, and the pages follow the ids.
            Instant since = Memory.time("since", filter.since());
            conditions.and(
                    "m.id >= ",
                    "since",
                    UuidCreator.getTimeOrderedEpochMin(since.isBefore(Instant.EPOCH) ? Instant.EPOCH : since));
        }
        if (!filter.expired()) {
            conditions.and("m.validFrom <= ", "at", at).and("(m.validTo is null or m.validTo > :at)");
        }
        conditions.and("m.id < ", "after", page.after().map(UUID::fromString).orElse(null));
        List<Memory> rows = query(conditions, "select m from Memory m", "order by m.id desc", Memory.class)
                .setMaxResults(page.limit() + 1)
                .getResultList();
        return Page.of(rows.stream().map(Memory::view).toList(), page.limit(), memory -> memory.id()
                .toString());
    }

    private static Double importance(BigDecimal given) {
        if (given == null) {
            return null;
        }
        if (given.signum() < 0 || given.compareTo(BigDecimal.ONE) > 0) {
            throw Rejection.of(
                    MemoryError.INVALID_IMPORTANCE, "min_importance", "min_importance must be between 0 and 1.");
        }
        return given.doubleValue();
    }

    /**
     * Returns a memory, whether it is valid now or not.
     *
     * @throws Rejection {@code MEMORY_NOT_FOUND}
     */
    public MemoryView find(Actor actor, UUID id) {
        return memory(actor, id, LockModeType.NONE).view();
    }

    /**
     * Returns a part of all memories, including those that are not valid, the oldest first, one per line (NDJSON). Each
     * part is read in a separate transaction, so no reader keeps one open, and memory is bounded.
     *
     * @param after the last memory that the caller has; null from the beginning
     */
    public Content export(Actor actor, UUID after) {
        List<Memory> rows = query(
                        new Conditions(actor).and("m.id > ", "after", after),
                        "select m from Memory m",
                        "order by m.id",
                        Memory.class)
                .setMaxResults(EXPORTED)
                .getResultList();
        StringBuilder lines = new StringBuilder();
        try {
            for (Memory memory : rows) {
                lines.append(Json.MAPPER.writeValueAsString(memory.view())).append('\n');
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of texts and numbers is JSON", e);
        }
        return new Content(
                "application/x-ndjson",
                lines.toString().getBytes(StandardCharsets.UTF_8),
                rows.size() < EXPORTED
                        ? Map.of()
                        : Map.of(
                                "Link",
                                "<?after=%s>; rel=\"next\""
                                        .formatted(rows.get(EXPORTED - 1).id())));
    }

    /**
     * Keeps something in mind, unless it is kept already.
     *
     * @throws Rejection {@code AGENT_NOT_AUTHORIZED}, {@code INVALID_TIME}, {@code INVALID_METADATA}, {@code AGENT_UNKNOWN}
     */
    public MemoryReceipt create(Actor actor, MemoryOrder order) {
        UUID agentId = order.agentId() == null ? actor.agentId() : order.agentId();
        if (actor.agentId() != null && !actor.agentId().equals(agentId)) {
            throw Rejection.of(
                    MemoryError.AGENT_NOT_AUTHORIZED, "agent_id", "An agent may keep memories only for itself.");
        }
        Memory memory = new Memory(actor.orgId(), agentId, actor.userId(), order);
        if (agentId != null && !agentExists(actor, agentId)) {
            throw Rejection.of(MemoryError.AGENT_UNKNOWN, "agent_id", "agent_id must be one of your agents.");
        }
        for (int attempt = 1; ; attempt++) {
            if (insert(memory)) {
                return new MemoryReceipt(memory.view(), false);
            }
            Optional<Memory> same = same(memory);
            if (same.isPresent()) {
                return new MemoryReceipt(same.get().view(), true);
            }
            // It was deleted between the two statements.
            if (attempt == INSERT_ATTEMPTS) {
                throw new Rejection(
                        MemoryError.MEMORY_EXISTS,
                        "The same content is being added and deleted concurrently. Try again.");
            }
        }
    }

    private boolean agentExists(Actor actor, UUID agentId) {
        return em.createQuery("select count(a) from Agent a where a.id = :id and a.orgId = :org", Long.class)
                        .setParameter("id", agentId)
                        .setParameter("org", actor.orgId())
                        .getSingleResult()
                > 0;
    }

    /** False when the content is there. Waits for another transaction that is about to add it. */
    private boolean insert(Memory memory) {
        MemoryView view = memory.view();
        Subject subject = view.subject() == null ? new Subject(null, null) : view.subject();
        return em.createNativeQuery(
                                """
                                insert into core.memories (id, org_id, agent_id, content, content_hash, category, importance,
                                    valid_from, valid_to, source, metadata, subject_user_id, subject, subject_key, created_by,
                                    created_at, changed_at)
                                values (:id, :org, cast(:agent as uuid), :content, :hash, cast(:category as text), :importance,
                                    :valid_from, cast(:valid_to as timestamptz), cast(:source as text),
                                    cast(:metadata as jsonb), cast(:subject_user as uuid), cast(:subject as text),
                                    cast(:subject_key as text),
                                    cast(:created_by as uuid), :created_at, :created_at)
                                on conflict (org_id, agent_id, content_hash) do nothing
                                """)
                        .setParameter("id", view.id())
                        .setParameter("org", memory.orgId())
                        .setParameter("agent", view.agentId())
                        .setParameter("content", view.content())
                        .setParameter("hash", memory.contentHash())
                        .setParameter("category", view.category())
                        .setParameter("importance", view.importance().doubleValue())
                        .setParameter("valid_from", view.validFrom())
                        .setParameter("valid_to", view.validTo())
                        .setParameter("source", view.source())
                        .setParameter("metadata", memory.metadata())
                        .setParameter("subject_user", subject.userId())
                        .setParameter("subject", subject.identifier())
                        .setParameter("subject_key", memory.subjectKey())
                        .setParameter("created_by", view.createdBy())
                        .setParameter("created_at", view.createdAt())
                        .executeUpdate()
                > 0;
    }

    private Optional<Memory> same(Memory memory) {
        TypedQuery<Memory> query = em.createQuery(
                        "select m from Memory m where m.orgId = :org and m.contentHash = :hash and m.agentId"
                                + (memory.agentId() == null ? " is null" : " = :agent"),
                        Memory.class)
                .setParameter("org", memory.orgId())
                .setParameter("hash", memory.contentHash());
        if (memory.agentId() != null) {
            query.setParameter("agent", memory.agentId());
        }
        return query.getResultStream().findFirst();
    }

    /**
     * Changes a memory.
     *
     * @throws Rejection {@code MEMORY_NOT_FOUND}, {@code AGENT_NOT_AUTHORIZED}, {@code INVALID_TIME},
     *     {@code INVALID_METADATA}, {@code MEMORY_EXISTS}
     */
    public MemoryView change(Actor actor, UUID id, MemoryChange change) {
        Memory memory = own(actor, id);
        memory.change(change, Instant.now());
        try {
            em.flush();
        } catch (PersistenceException e) {
            if (e instanceof ConstraintViolationException || e.getCause() instanceof ConstraintViolationException) {
                throw Rejection.of(
                        MemoryError.MEMORY_EXISTS, "content", "This content is kept already, as a memory of its own.");
            }
            throw e;
        }
        return memory.view();
    }

    /**
     * Deletes a memory.
     *
     * @throws Rejection {@code MEMORY_NOT_FOUND}, {@code AGENT_NOT_AUTHORIZED}
     */
    public void delete(Actor actor, UUID id) {
        em.remove(own(actor, id));
    }

    /**
     * Deletes many memories; an agent that acts deletes of its own only.
     *
     * @throws Rejection {@code INVALID_SELECTION}, {@code INVALID_TIME}
     */
    public BulkDeletionReceipt deleteMany(Actor actor, BulkDeletionOrder order) {
        BulkDeletionOrder.Selection filter = order.filter();
        if ((order.ids() == null) == (filter == null || filter.empty())) {
            throw Rejection.of(
                    MemoryError.INVALID_SELECTION, "filter", "Give either ids, or a filter with at least one member.");
        }
        Conditions conditions = new Conditions(actor).and("m.agentId = ", "own", actor.agentId());
        if (filter == null || filter.empty()) {
            conditions.and("m.id in ", "ids", order.ids());
        } else {
            Subject subject = filter.subject() == null ? new Subject(null, null) : filter.subject();
            conditions
                    .and("m.agentId = ", "agent", filter.agentId())
                    .and("m.category = ", "category", filter.category())
                    .and("m.createdAt < ", "created", time("created_before", filter.createdBefore()))
                    .and("m.validTo <= ", "expired", time("expired_before", filter.expiredBefore()))
                    .and(
                            "m.importance <= ",
                            "most",
                            filter.maxImportance() == null
                                    ? null
                                    : filter.maxImportance().doubleValue())
                    .and("m.subjectUserId = ", "subjectUser", subject.userId())
                    .and("m.subjectKey = ", "subject", PersonIdentifier.normalForm(subject.identifier()));
        }
        int most = order.most() == null ? MAX_DELETED : order.most();
        List<UUID> ids = query(conditions, "select m.id from Memory m", "order by m.id", UUID.class)
                .setMaxResults(most + 1)
                .getResultList();
        boolean more = ids.size() > most;
        List<UUID> now = more ? ids.subList(0, most) : ids;
        boolean dryRun = Boolean.TRUE.equals(order.dryRun());
        int deleted = dryRun || now.isEmpty()
                ? 0
                : em.createQuery("delete from Memory m where m.orgId = :org and m.id in :ids")
                        .setParameter("org", actor.orgId())
                        .setParameter("ids", now)
                        .executeUpdate();
        return new BulkDeletionReceipt(dryRun, now.size(), deleted, more);
    }

    private static Instant time(String member, Instant time) {
        return Memory.time("filter." + member, time);
    }

    private Memory own(Actor actor, UUID id) {
        Memory memory = memory(actor, id, LockModeType.PESSIMISTIC_WRITE);
        if (actor.agentId() != null && !actor.agentId().equals(memory.agentId())) {
            throw new Rejection(
                    MemoryError.AGENT_NOT_AUTHORIZED,
                    "This memory is the organization's; an agent changes its own only.");
        }
        return memory;
    }

    private <T> TypedQuery<T> query(Conditions conditions, String select, String order, Class<T> type) {
        return conditions.bind(em.createQuery(conditions.query(select, order), type));
    }

    private Memory memory(Actor actor, UUID id, LockModeType lock) {
        return query(new Conditions(actor).and("m.id = ", "id", id), "select m from Memory m", "", Memory.class)
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(
                        () -> new Rejection(MemoryError.MEMORY_NOT_FOUND, "There is no memory with this id for you."));
    }
}
