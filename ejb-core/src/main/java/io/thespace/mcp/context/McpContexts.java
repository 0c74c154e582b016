package io.thespace.mcp.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.endpoint.VersionTag;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The actor's own contexts in their organization. */
@Stateless
public class McpContexts {

    /** The contexts of one user. */
    static final int MAX_CONTEXTS = 100;

    /** The characters of a context's parts, as JSON. */
    static final int MAX_PARTS = 262_144;

    private static final Duration DEFAULT_LIFE = Duration.ofDays(1);
    private static final Duration MAX_LIFE = Duration.ofDays(30);

    private static final String OWN =
            "select c from McpContext c where c.orgId = :org and c.userId = :user and c.expiresAt > :now";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** Returns the contexts that have not expired, the newest first, without their data. */
    public Page<ContextEntryView> list(Actor actor, PageRequest page) {
        List<ContextEntryView> rows = em
                .createQuery(OWN + " and c.id < :before order by c.id desc", McpContext.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("now", Instant.now())
                .setParameter("before", page.after().map(UUID::fromString).orElse(new UUID(-1, -1)))
                .setMaxResults(page.limit() + 1)
                .getResultList()
                .stream()
                .map(context -> ContextEntryView.of(context.view()))
                .toList();
        return Page.of(rows, page.limit(), context -> context.contextId().toString());
    }

    /**
     * Returns a context.
     *
     * @throws Rejection {@code CONTEXT_NOT_FOUND}
     */
    public ContextView find(Actor actor, UUID id) {
        return context(actor, id, LockModeType.NONE).view();
    }

    /**
     * Adds one.
     *
     * @throws Rejection {@code INVALID_CONTEXT}, {@code CONTEXT_TOO_LARGE}, {@code TOO_MANY_CONTEXTS}
     */
    public ContextView create(Actor actor, ContextOrder order) {
        Instant now = Instant.now();
        Checked checked = checked(order, now);
        // Two calls of one user at once would both count before either adds.
        em.createNativeQuery("select 1 from core.memberships where org_id = :org and user_id = :user for no key update")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .getResultList();
        Number there = (Number) em.createNativeQuery("select count(*) from core.mcp_contexts where org_id = :org"
                        + " and user_id = :user and expires_at > :now")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("now", now)
                .getSingleResult();
        if (there.intValue() >= MAX_CONTEXTS) {
            throw new Rejection(
                    ContextError.TOO_MANY_CONTEXTS,
                    "You have %d contexts, which is the maximum. Delete one that is not needed."
                            .formatted(MAX_CONTEXTS));
        }
        McpContext context = new McpContext(
                UuidCreator.getTimeOrderedEpoch(),
                actor.orgId(),
                actor.userId(),
                checked.parts,
                checked.expiresAt,
                now);
        em.persist(context);
        em.flush();
        return context.view();
    }

    /**
     * Replaces the parts and the expiry of one.
     *
     * @param condition {@code If-Match}; null when it was not sent
     * @throws Rejection {@code TAG_MISSING}, {@code INVALID_CONTEXT}, {@code CONTEXT_TOO_LARGE}, {@code CONTEXT_NOT_FOUND}, {@code
     *     CONTEXT_CHANGED}
     */
    public ContextView change(Actor actor, UUID id, String condition, ContextOrder order) {
        if (condition == null) {
            throw new Rejection(
                    ContextError.TAG_MISSING,
                    "Send If-Match with the ETag of GET /api/mcp/contexts/%s, so that no other change is lost."
                            .formatted(id));
        }
        Instant now = Instant.now();
        Checked checked = checked(order, now);
        McpContext context = context(actor, id, LockModeType.PESSIMISTIC_WRITE);
        checkVersion(context, condition);
        context.become(checked.parts, checked.expiresAt, now);
        em.flush();
        return context.view();
    }

    /**
     * Deletes one.
     *
     * @param condition {@code If-Match}; null for any version
     * @throws Rejection {@code CONTEXT_NOT_FOUND}, {@code CONTEXT_CHANGED}
     */
    public void delete(Actor actor, UUID id, String condition) {
        McpContext context = context(actor, id, LockModeType.PESSIMISTIC_WRITE);
        if (condition != null) {
            checkVersion(context, condition);
        }
        em.remove(context);
    }

    private static void checkVersion(McpContext context, String condition) {
        if (!VersionTag.matches(condition, context.version())) {
            throw new Rejection(
                    ContextError.CONTEXT_CHANGED,
                    "The context was changed meanwhile. Read it again and repeat your change.");
        }
    }

    private McpContext context(Actor actor, UUID id, LockModeType lock) {
        return em
                .createQuery(OWN + " and c.id = :id", McpContext.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("now", Instant.now())
                .setParameter("id", id)
                .setLockMode(lock)
                .getResultList()
                .stream()
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        ContextError.CONTEXT_NOT_FOUND,
                        "You have no such context; it may have expired. Create another one."));
    }

    private record Checked(String parts, Instant expiresAt) {}

    private static Checked checked(ContextOrder order, Instant now) {
        List<FieldError> faults = new ArrayList<>();
        List<ContextPart> parts =
                order.parts().stream().map(ContextPart::complete).toList();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < parts.size(); i++) {
            ContextPart part = parts.get(i);
            String field = "parts[" + i + "]";
            if (!names.add(part.name())) {
                faults.add(new FieldError(field + ".name", "is the name of another part"));
            }
            if (!part.json() && !part.data().isTextual()) {
                faults.add(new FieldError(field + ".data", "must be a text, as its media type is not one of JSON"));
            }
            faults.addAll(PartSchemas.faults(field, part));
        }
        Instant expiresAt = order.expiresAt() == null ? now.plus(DEFAULT_LIFE) : order.expiresAt();
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(MAX_LIFE))) {
            faults.add(new FieldError("expires_at", "must be within the next 30 days"));
        }
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
        String json = json(parts);
        if (json.length() > MAX_PARTS) {
            throw new Rejection(
                    ContextError.CONTEXT_TOO_LARGE,
                    "The parts have %d characters; those of a context may have %d."
                            .formatted(json.length(), MAX_PARTS));
        }
        return new Checked(json, expiresAt);
    }

    private static Rejection invalid(List<FieldError> faults) {
        return Rejection.of(ContextError.INVALID_CONTEXT, faults);
    }

    private static String json(List<ContextPart> parts) {
        try {
            return Json.MAPPER.writeValueAsString(parts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Parts that were read from JSON can be written", e);
        }
    }
}
