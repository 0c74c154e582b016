package io.thespace.directive;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.agent.AgentStatus;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The directives of the actor's organization. */
@Stateless
public class Directives {

    /** The maximum of directives in force for the organization, and in addition for each agent. */
    public static final int MAX_IN_FORCE = 100;

    /** Any number that nothing else locks. */
    private static final long LOCK = 4713;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /**
     * The directives, the newest first; null members don't filter.
     *
     * @param agentId those of this agent, without those of the organization
     */
    public Page<DirectiveView> list(
            Actor actor, DirectiveScope scope, UUID agentId, DirectiveStatus status, PageRequest page) {
        TypedQuery<Object[]> rows = em.createQuery(
                        "select d, v from Directive d"
                                + " join DirectiveVersion v on v.directiveId = d.id and v.number = d.latest"
                                + " where d.orgId = :org"
                                + (scope == null ? "" : " and d.agentId is " + (of(scope) ? "not null" : "null"))
                                + (agentId == null ? "" : " and d.agentId = :agent")
                                + (status == null ? "" : " and d.status = :status")
                                + (page.after().isEmpty() ? "" : " and d.id < :after")
                                + " order by d.id desc",
                        Object[].class)
                .setParameter("org", actor.orgId())
                .setMaxResults(page.limit() + 1);
        if (agentId != null) {
            rows.setParameter("agent", agentId);
        }
        if (status != null) {
            rows.setParameter("status", status.text());
        }
        page.after().ifPresent(after -> rows.setParameter("after", UUID.fromString(after)));
        return Page.of(
                rows.getResultList().stream()
                        .map(row -> ((Directive) row[0]).view((DirectiveVersion) row[1]))
                        .toList(),
                page.limit(),
                directive -> directive.id().toString());
    }

    private static boolean of(DirectiveScope scope) {
        return scope == DirectiveScope.AGENT;
    }

    /**
     * Returns a directive.
     *
     * @throws Rejection {@code DIRECTIVE_NOT_FOUND}
     */
    public DirectiveView find(Actor actor, UUID id) {
        return view(id, directive(actor, id, LockModeType.NONE));
    }

    /**
     * The versions of a directive, the latest first.
     *
     * @throws Rejection {@code DIRECTIVE_NOT_FOUND}
     */
    public Page<DirectiveVersionView> versions(Actor actor, UUID id, PageRequest page) {
        directive(actor, id, LockModeType.NONE);
        List<DirectiveVersionView> versions = em.createQuery(
                        "select v from DirectiveVersion v where v.directiveId = :id and v.number < :before"
                                + " order by v.number desc",
                        DirectiveVersion.class)
                .setParameter("id", id)
                .setParameter("before", page.after().map(Integer::valueOf).orElse(Integer.MAX_VALUE))
                .setMaxResults(page.limit() + 1)
                .getResultStream()
                .map(DirectiveVersion::view)
                .toList();
        return Page.of(versions, page.limit(), version -> Integer.toString(version.version()));
    }

    /**
     * Makes a directive, with a draft as its first version.
     *
     * @throws Rejection {@code DIRECTIVE_AGENT_UNKNOWN}
     */
    public DirectiveView create(Actor actor, DirectiveOrder order) {
        if (order.agentId() != null
                && agents(actor, order.agentId(), AgentStatus.ARCHIVED).isEmpty()) {
            throw Rejection.of(
                    DirectiveError.DIRECTIVE_AGENT_UNKNOWN,
                    "agent_id",
                    "agent_id must be an agent of yours that is not archived.");
        }
        Instant now = Instant.now();
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Directive directive = new Directive(id, actor.orgId(), actor.userId(), order.agentId(), now);
        DirectiveVersion words = new DirectiveVersion(actor.orgId(), id, actor.userId(), order, now);
        em.persist(directive);
        em.flush();
        em.persist(words);
        return directive.view(words);
    }

    /**
     * Drafts a new version, which is as the latest one but for what is to be different. What is in force stays so.
     *
     * @throws Rejection {@code DIRECTIVE_NOT_FOUND}, {@code NOTHING_TO_CHANGE}
     */
    public DirectiveView change(Actor actor, UUID id, DirectiveChange change) {
        Directive directive = directive(actor, id, LockModeType.PESSIMISTIC_WRITE);
        if (change.name() == null && change.content() == null && change.priority() == null) {
            throw new Rejection(
                    DirectiveError.NOTHING_TO_CHANGE, "Say what is to be different: name, content or priority.");
        }
        DirectiveVersion latest = version(id, directive.latest());
        Instant now = Instant.now();
        DirectiveVersion next = latest.changed(directive.draft(now), actor.userId(), change, now);
        em.persist(next);
        return directive.view(next);
    }

    /**
     * Puts a draft in force in place of the version that was in force.
     *
     * @param number the version; null for the latest
     * @throws Rejection {@code DIRECTIVE_NOT_FOUND}, {@code VERSION_UNKNOWN}, {@code VERSION_NOT_DRAFT}, {@code
     *     TOO_MANY_IN_FORCE}
     */
    public DirectiveView promote(Actor actor, UUID id, Integer number) {
        // Taken before the row's lock, in the order of all callers that take both; otherwise two concurrent promotions
        // could both be the hundredth.
        em.createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:org, :lock))) as waited")
                .setParameter("org", actor.orgId().toString())
                .setParameter("lock", LOCK)
                .getSingleResult();
        Directive directive = directive(actor, id, LockModeType.PESSIMISTIC_WRITE);
        int wanted = number == null ? directive.latest() : number;
        if (wanted < 1 || wanted > directive.latest()) {
            throw Rejection.of(
                    DirectiveError.VERSION_UNKNOWN,
                    "version",
                    "version must be 1 to %d, which is the latest.".formatted(directive.latest()));
        }
        DirectiveVersion version = version(id, wanted);
        if (!version.draft()) {
            throw new Rejection(
                    DirectiveError.VERSION_NOT_DRAFT,
                    "Version %d is %s. Draft a new one to promote.".formatted(wanted, version.status()));
        }
        if (directive.active() == null && inForce(actor, directive.agentId()) >= MAX_IN_FORCE) {
            throw new Rejection(
                    DirectiveError.TOO_MANY_IN_FORCE,
                    "%d directives are in force here already. Revoke one first.".formatted(MAX_IN_FORCE));
        }
        Instant now = Instant.now();
        if (directive.active() != null) {
            version(id, directive.active()).supersede(now);
            // Flushed in this order, so that two versions are never in force at once.
            em.flush();
        }
        version.promote(actor.userId(), now);
        directive.promoted(wanted, now);
        return view(id, directive);
    }

    /**
     * Takes what is in force of a directive out of force.
     *
     * @throws Rejection {@code DIRECTIVE_NOT_FOUND}, {@code NOT_IN_FORCE}
     */
    public DirectiveView revoke(Actor actor, UUID id, RevocationRequest request) {
        Directive directive = directive(actor, id, LockModeType.PESSIMISTIC_WRITE);
        if (directive.active() == null) {
            throw new Rejection(DirectiveError.NOT_IN_FORCE, "No version of this directive is in force.");
        }
        Instant now = Instant.now();
        version(id, directive.active()).revoke(actor.userId(), request.reason().strip(), now);
        directive.revoked(now);
        return view(id, directive);
    }

    /**
     * Deletes a directive with all its versions.
     *
     * @throws Rejection {@code DIRECTIVE_NOT_FOUND}, {@code IN_FORCE}
     */
    public void delete(Actor actor, UUID id) {
        Directive directive = directive(actor, id, LockModeType.PESSIMISTIC_WRITE);
        if (directive.active() != null) {
            throw new Rejection(
                    DirectiveError.IN_FORCE,
                    "Version %d is in force. Revoke the directive first.".formatted(directive.active()));
        }
        em.remove(directive);
    }

    /**
     * Returns the directives that apply to an agent now, whatever its status: those in force for it or for the whole
     * organization. Ordered by priority, highest first; of equal ones the agent's own first, then by creation time.
     *
     * @return at most twice {@link #MAX_IN_FORCE}
     * @throws Rejection {@code DIRECTIVE_AGENT_NOT_FOUND}
     */
    public List<ResolvedDirectiveView> resolved(Actor actor, UUID agentId) {
        if (agents(actor, agentId, null).isEmpty()) {
            throw new Rejection(
                    DirectiveError.DIRECTIVE_AGENT_NOT_FOUND, "There is no agent with this id in your organization.");
        }
        return em.createQuery(
                        "select d, v from Directive d"
                                + " join DirectiveVersion v on v.directiveId = d.id and v.number = d.active"
                                + " where d.orgId = :org and d.status = :active"
                                + " and (d.agentId = :agent or d.agentId is null)"
                                + " order by v.priority desc, case when d.agentId is null then 1 else 0 end, d.id",
                        Object[].class)
                .setParameter("org", actor.orgId())
                .setParameter("active", DirectiveStatus.ACTIVE.text())
                .setParameter("agent", agentId)
                .setMaxResults(2 * MAX_IN_FORCE)
                .getResultStream()
                .map(row -> resolved((Directive) row[0], ((DirectiveVersion) row[1]).view()))
                .toList();
    }

    private static ResolvedDirectiveView resolved(Directive directive, DirectiveVersionView words) {
        DirectiveScope scope = directive.agentId() == null ? DirectiveScope.ORGANIZATION : DirectiveScope.AGENT;
        return new ResolvedDirectiveView(
                words.directiveId(),
                words.version(),
                scope.name().toLowerCase(Locale.ROOT),
                words.name(),
                words.content(),
                words.priority(),
                words.promotedAt());
    }

    private long inForce(Actor actor, UUID agentId) {
        TypedQuery<Long> count = em.createQuery(
                        "select count(d) from Directive d where d.orgId = :org and d.status = :active and d.agentId "
                                + (agentId == null ? "is null" : "= :agent"),
                        Long.class)
                .setParameter("org", actor.orgId())
                .setParameter("active", DirectiveStatus.ACTIVE.text());
        if (agentId != null) {
            count.setParameter("agent", agentId);
        }
        return count.getSingleResult();
    }

    private List<UUID> agents(Actor actor, UUID id, AgentStatus not) {
        TypedQuery<UUID> query = em.createQuery(
                        "select a.id from Agent a where a.id = :id and a.orgId = :org"
                                + (not == null ? "" : " and a.status <> :not"),
                        UUID.class)
                .setParameter("id", id)
                .setParameter("org", actor.orgId());
        if (not != null) {
            query.setParameter("not", not.text());
        }
        return query.getResultList();
    }

    private DirectiveView view(UUID id, Directive directive) {
        return directive.view(version(id, directive.latest()));
    }

    private DirectiveVersion version(UUID directiveId, int number) {
        return em.createQuery(
                        "select v from DirectiveVersion v where v.directiveId = :id and v.number = :number",
                        DirectiveVersion.class)
                .setParameter("id", directiveId)
                .setParameter("number", number)
                .getSingleResult();
    }

    private Directive directive(Actor actor, UUID id, LockModeType lock) {
        return em.createQuery("select d from Directive d where d.id = :id and d.orgId = :org", Directive.class)
                .setParameter("id", id)
                .setParameter("org", actor.orgId())
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        DirectiveError.DIRECTIVE_NOT_FOUND,
                        "There is no directive with this id in your organization."));
    }
}
