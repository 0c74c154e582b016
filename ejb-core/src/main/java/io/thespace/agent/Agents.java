package io.thespace.agent;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.AccessReduced;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** The agents of the actor's organization. */
@Stateless
public class Agents {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Inject
    Event<AccessReduced> changes;

    /** The agents, the newest first; null for those of every status. */
    public Page<AgentView> list(Actor actor, AgentStatus status, PageRequest page) {
        TypedQuery<Agent> rows = em.createQuery(
                        "select a from Agent a where a.orgId = :org"
                                + (status == null ? "" : " and a.status = :status")
                                + (page.after().isEmpty() ? "" : " and a.id < :after")
                                + " order by a.id desc",
                        Agent.class)
                .setParameter("org", actor.orgId())
                .setMaxResults(page.limit() + 1);
        if (status != null) {
            rows.setParameter("status", status.text());
        }
        page.after().ifPresent(after -> rows.setParameter("after", UUID.fromString(after)));
        return Page.of(rows.getResultList().stream().map(Agent::view).toList(), page.limit(), agent -> agent.id()
                .toString());
    }

    /**
     * Returns an agent.
     *
     * @throws Rejection {@code AGENT_NOT_FOUND}
     */
    public AgentView find(Actor actor, UUID id) {
        return agent(actor, id, LockModeType.NONE).view();
    }

    /**
     * Returns the agent with an id, or the only one with a name that is not archived.
     *
     * @throws Rejection {@code AGENT_NOT_FOUND}: also when several agents have the name
     */
    public AgentView find(Actor actor, String idOrName) {
        if (ID.matcher(idOrName).matches()) {
            return find(actor, UUID.fromString(idOrName));
        }
        List<Agent> named = em.createQuery(
                        "select a from Agent a where a.orgId = :org and a.name = :name and a.status <> :archived",
                        Agent.class)
                .setParameter("org", actor.orgId())
                .setParameter("name", idOrName)
                .setParameter("archived", AgentStatus.ARCHIVED.text())
                .setMaxResults(2)
                .getResultList();
        if (named.size() != 1) {
            throw new Rejection(
                    AgentError.AGENT_NOT_FOUND,
                    named.isEmpty()
                            ? "There is no agent with this id or name in your organization."
                            : "Several agents of your organization have this name. Name one by its id.");
        }
        return named.get(0).view();
    }

    /**
     * Makes an agent, as a draft.
     *
     * @throws Rejection {@code INVALID_BUDGET}
     */
    public AgentView create(Actor actor, AgentOrder order) {
        Budget budget = order.budget() == null ? null : order.budget().checked();
        Agent agent = new Agent(
                UuidCreator.getTimeOrderedEpoch(),
                actor.orgId(),
                actor.userId(),
                new AgentOrder(order.name(), order.description(), order.model(), order.tools(), budget),
                Instant.now());
        em.persist(agent);
        return agent.view();
    }

    /**
     * Changes what an agent is.
     *
     * @throws Rejection {@code AGENT_NOT_FOUND}, {@code AGENT_ARCHIVED}, {@code INVALID_BUDGET}
     */
    public AgentView change(Actor actor, UUID id, AgentChange change) {
        Agent agent = agent(actor, id, LockModeType.PESSIMISTIC_WRITE);
        if (agent.status() == AgentStatus.ARCHIVED) {
            throw new Rejection(AgentError.AGENT_ARCHIVED, "An archived agent cannot be changed.");
        }
        agent.change(change, Instant.now());
        return agent.view();
    }

    /** Lets an agent act; refuses as {@link #move}. */
    public AgentView activate(Actor actor, UUID id) {
        return move(actor, id, AgentStatus.ACTIVE);
    }

    /** Stops an agent until it is activated again; refuses as {@link #move}. */
    public AgentView pause(Actor actor, UUID id) {
        return move(actor, id, AgentStatus.PAUSED);
    }

    /** Stops an agent for ever; refuses as {@link #move}. */
    public AgentView archive(Actor actor, UUID id) {
        return move(actor, id, AgentStatus.ARCHIVED);
    }

    /**
     * Deletes an agent with its tokens. Its memories, which may be a million, are deleted before, some at a time.
     *
     * @throws Rejection {@code AGENT_NOT_FOUND}, {@code AGENT_IN_USE}, {@code AGENT_REMEMBERS}
     */
    public void delete(Actor actor, UUID id) {
        Agent agent = agent(actor, id, LockModeType.PESSIMISTIC_WRITE);
        if (agent.status() != AgentStatus.DRAFT && agent.status() != AgentStatus.ARCHIVED) {
            throw new Rejection(
                    AgentError.AGENT_IN_USE,
                    "Archive the agent first. Only drafts can be deleted without being archived.");
        }
        if ((Boolean)
                em.createNativeQuery("select exists(select from core.memories where agent_id = :id and org_id = :org)")
                        .setParameter("id", id)
                        .setParameter("org", actor.orgId())
                        .getSingleResult()) {
            throw new Rejection(
                    AgentError.AGENT_REMEMBERS,
                    "The agent has memories. Delete them first: POST /management/v1/memories/bulk-delete with its agent_id.");
        }
        em.remove(agent);
        changes.fire(new AccessReduced(actor.orgId()));
    }

    /**
     * Moves an agent on in its life.
     *
     * @throws Rejection {@code AGENT_NOT_FOUND}, {@code WRONG_STATUS}
     */
    private AgentView move(Actor actor, UUID id, AgentStatus next) {
        Agent agent = agent(actor, id, LockModeType.PESSIMISTIC_WRITE);
        if (!agent.status().leadsTo(next)) {
            throw new Rejection(
                    AgentError.WRONG_STATUS,
                    "The agent is %s and cannot become %s."
                            .formatted(agent.status().text(), next.text()));
        }
        agent.become(next, Instant.now());
        changes.fire(new AccessReduced(actor.orgId()));
        return agent.view();
    }

    private Agent agent(Actor actor, UUID id, LockModeType lock) {
        return em.createQuery("select a from Agent a where a.id = :id and a.orgId = :org", Agent.class)
                .setParameter("id", id)
                .setParameter("org", actor.orgId())
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        AgentError.AGENT_NOT_FOUND, "There is no agent with this id in your organization."));
    }
}
