package io.thespace.session;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.agent.AgentStatus;
import io.thespace.analytics.Analytics;
import io.thespace.analytics.Measurement;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.event.Outbox;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The sessions of the actor's organization; an agent's own where an agent acts. */
@Stateless
public class Sessions {

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private Outbox outbox;
    private Analytics analytics;

    @Inject
    void tell(Outbox events, Analytics numbers) {
        outbox = events;
        analytics = numbers;
    }

    /**
     * A filter of sessions; null members do not filter.
     *
     * @param subject in any spelling
     */
    public record Filter(UUID agentId, SessionStatus status, String subject) {}

    /** A session that was silent for too long. */
    public record Idle(UUID orgId, UUID id) {}

    /** The sessions, the newest first. */
    public Page<SessionView> list(Actor actor, Filter filter, PageRequest page) {
        Instant now = Instant.now();
        TypedQuery<Session> rows = em.createQuery(
                        "select s from Session s where s.orgId = :org"
                                + (actor.agentId() == null ? "" : " and s.agentId = :own")
                                + (filter.agentId() == null ? "" : " and s.agentId = :agent")
                                + (filter.subject() == null ? "" : " and s.subjectKey = :subject")
                                + of(filter.status())
                                + (page.after().isEmpty() ? "" : " and s.id < :after")
                                + " order by s.id desc",
                        Session.class)
                .setParameter("org", actor.orgId())
                .setMaxResults(page.limit() + 1);
        Optional.ofNullable(actor.agentId()).ifPresent(own -> rows.setParameter("own", own));
        Optional.ofNullable(filter.agentId()).ifPresent(agent -> rows.setParameter("agent", agent));
        Optional.ofNullable(filter.subject())
                .ifPresent(subject -> rows.setParameter("subject", PersonIdentifier.normalForm(subject)));
        if (filter.status() != null) {
            rows.setParameter("status", filter.status().text());
        }
        if (filter.status() == SessionStatus.ACTIVE || filter.status() == SessionStatus.TIMED_OUT) {
            rows.setParameter("now", now);
        }
        page.after().ifPresent(after -> rows.setParameter("after", UUID.fromString(after)));
        return Page.of(
                rows.getResultStream().map(session -> session.view(now)).toList(), page.limit(), session -> session.id()
                        .toString());
    }

    /** In accordance with {@link Session#status(Instant)}. */
    private static String of(SessionStatus status) {
        if (status == null) {
            return "";
        }
        return switch (status) {
            case ACTIVE -> " and s.status = :status and s.idleAt > :now";
            case TERMINATED -> " and s.status = :status";
            case TIMED_OUT -> " and (s.status = :status or s.status = 'active' and s.idleAt <= :now)";
        };
    }

    /**
     * Opens a session.
     *
     * @throws Rejection {@code AGENT_NOT_AUTHORIZED}, {@code SESSION_AGENT_UNKNOWN}, {@code METADATA_TOO_LARGE}, {@code
     *     AGENT_NOT_ACTIVE}
     */
    public SessionView create(Actor actor, SessionOrder order) {
        if (actor.agentId() != null && !actor.agentId().equals(order.agentId())) {
            throw Rejection.of(
                    SessionError.AGENT_NOT_AUTHORIZED, "agent_id", "An agent may open sessions only for itself.");
        }
        AgentStatus agent = agent(actor, order.agentId())
                .orElseThrow(() -> Rejection.of(
                        SessionError.SESSION_AGENT_UNKNOWN, "agent_id", "agent_id must be an agent of yours."));
        String metadata = Metadata.text(order.metadata());
        checkActs(agent);
        Instant now = Instant.now();
        int idleSeconds = order.idleTimeoutSeconds() == null
                ? Configuration.get().get(Key.SESSION_IDLE_SECONDS)
                : order.idleTimeoutSeconds();
        Session session = new Session(
                UuidCreator.getTimeOrderedEpoch(), actor.orgId(), actor.userId(), order, metadata, idleSeconds, now);
        em.persist(session);
        outbox.publish(
                actor,
                SessionEventTypes.SOURCE,
                SessionStarted.TYPE,
                session.id().toString(),
                new SessionStarted(session.id(), session.agentId()));
        analytics.add(actor, Measurement.session(session.agentId(), session.id(), now));
        return session.view(now);
    }

    /**
     * Returns a session.
     *
     * @throws Rejection {@code SESSION_NOT_FOUND}
     */
    public SessionView find(Actor actor, UUID id) {
        return session(actor, id, LockModeType.NONE).view(Instant.now());
    }

    /**
     * The messages of a session, in order.
     *
     * @throws Rejection {@code SESSION_NOT_FOUND}
     */
    public Page<MessageView> messages(Actor actor, UUID id, PageRequest page) {
        session(actor, id, LockModeType.NONE);
        List<MessageView> messages = em.createQuery(
                        "select m from Message m where m.sessionId = :id and m.position > :after order by m.position",
                        Message.class)
                .setParameter("id", id)
                .setParameter("after", page.after().map(Integer::valueOf).orElse(0))
                .setMaxResults(page.limit() + 1)
                .getResultStream()
                .map(Message::view)
                .toList();
        return Page.of(messages, page.limit(), message -> Integer.toString(message.position()));
    }

    /**
     * Records a message as the last of a session, which may then be silent anew.
     *
     * @throws Rejection {@code SESSION_NOT_FOUND}, {@code METADATA_TOO_LARGE}, {@code INVALID_COST}, {@code SESSION_ENDED},
     *     {@code AGENT_NOT_ACTIVE}
     */
    public MessageView record(Actor actor, UUID id, MessageOrder order) {
        Session session = session(actor, id, LockModeType.PESSIMISTIC_WRITE);
        String metadata = Metadata.text(order.metadata());
        if (order.usage() != null && order.usage().cost() != null) {
            order.usage().cost().check();
        }
        Instant now = Instant.now();
        checkActive(session, now);
        checkActs(agent(actor, session.agentId()).orElse(AgentStatus.ARCHIVED));
        Message message = new Message(actor.orgId(), id, session.next(now), order, metadata, now);
        em.persist(message);
        em.flush();
        analytics.add(actor, measured(session, order.usage(), now));
        return message.view();
    }

    private static Measurement measured(Session session, Usage usage, Instant now) {
        if (usage == null) {
            return Measurement.message(session.agentId(), session.id(), now);
        }
        return new Measurement(
                session.agentId(),
                session.id(),
                now,
                0,
                1,
                1,
                usage.error() == null ? 0 : 1,
                usage.inputTokens() == null ? 0 : usage.inputTokens(),
                usage.outputTokens() == null ? 0 : usage.outputTokens(),
                usage.latencyMs(),
                usage.cost() == null ? null : usage.cost().amount(),
                usage.cost() == null ? null : usage.cost().currency());
    }

    /**
     * Ends a session.
     *
     * @throws Rejection {@code SESSION_NOT_FOUND}, {@code SESSION_ENDED}
     */
    public SessionView terminate(Actor actor, UUID id, TerminationRequest request) {
        Session session = session(actor, id, LockModeType.PESSIMISTIC_WRITE);
        Instant now = Instant.now();
        checkActive(session, now);
        session.terminate(request.reason(), now);
        publishEnd(actor, session, now);
        return session.view(now);
    }

    /** Up to so many sessions of all organizations that have timed out and are not written down as such. */
    public List<Idle> idle(int most) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery("select org_id, id from core.idle_sessions(:most)")
                .setParameter("most", most)
                .getResultList();
        return rows.stream().map(row -> new Idle((UUID) row[0], (UUID) row[1])).toList();
    }

    /**
     * Records that a session has timed out, unless a message was added meanwhile or another node recorded it.
     *
     * @param actor the platform inside the session's organization, which is bound already
     */
    public void timeOut(Actor actor, UUID id) {
        Instant now = Instant.now();
        find(id, actor, LockModeType.PESSIMISTIC_WRITE)
                .filter(session -> session.timeOut(now))
                .ifPresent(session -> publishEnd(actor, session, now));
    }

    private void publishEnd(Actor actor, Session session, Instant now) {
        outbox.publish(
                actor,
                SessionEventTypes.SOURCE,
                SessionEnded.TYPE,
                session.id().toString(),
                new SessionEnded(
                        session.id(), session.agentId(), session.status(now).text(), session.messages()));
    }

    private static void checkActive(Session session, Instant now) {
        SessionStatus status = session.status(now);
        if (status != SessionStatus.ACTIVE) {
            throw new Rejection(
                    SessionError.SESSION_ENDED,
                    status == SessionStatus.TIMED_OUT
                            ? "The session was silent for too long and has timed out. Open a new one."
                            : "The session was terminated. Open a new one.");
        }
    }

    private static void checkActs(AgentStatus agent) {
        if (!agent.acts()) {
            throw new Rejection(
                    SessionError.AGENT_NOT_ACTIVE,
                    "The agent is %s; only an active one has conversations.".formatted(agent.text()));
        }
    }

    private Optional<AgentStatus> agent(Actor actor, UUID id) {
        return em.createQuery("select a.status from Agent a where a.id = :id and a.orgId = :org", String.class)
                .setParameter("id", id)
                .setParameter("org", actor.orgId())
                .getResultStream()
                .findFirst()
                .map(AgentStatus::of);
    }

    private Session session(Actor actor, UUID id, LockModeType lock) {
        return find(id, actor, lock)
                .orElseThrow(() -> new Rejection(
                        SessionError.SESSION_NOT_FOUND, "There is no session with this id in your organization."));
    }

    private Optional<Session> find(UUID id, Actor actor, LockModeType lock) {
        return em.createQuery("select s from Session s where s.id = :id and s.orgId = :org", Session.class)
                .setParameter("id", id)
                .setParameter("org", actor.orgId())
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .filter(session -> actor.agentId() == null || actor.agentId().equals(session.agentId()));
    }
}
