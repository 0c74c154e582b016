package io.thespace.session;

import io.thespace.plugin.api.PersonIdentifier;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A conversation with an agent. */
@Entity
@Table(name = "sessions")
class Session {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "agent_id", updatable = false)
    private UUID agentId;

    @Column(name = "user_id", updatable = false)
    private UUID userId;

    @Column(name = "subject", updatable = false)
    private String subject;

    /** {@link PersonIdentifier#normalForm} of the subject. */
    @Column(name = "subject_key", updatable = false)
    private String subjectKey;

    /** JSON. */
    @Column(name = "metadata", updatable = false)
    private String metadata;

    /** {@link SessionStatus#text}. */
    @Column(name = "status")
    private String status;

    @Column(name = "reason")
    private String reason;

    @Column(name = "messages")
    private int messages;

    @Column(name = "idle_seconds", updatable = false)
    private int idleSeconds;

    @Column(name = "idle_at")
    private Instant idleAt;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    @Version
    private long version;

    protected Session() {}

    Session(UUID id, UUID orgId, UUID userId, SessionOrder order, String metadata, int idleSeconds, Instant now) {
        this.id = id;
        this.orgId = orgId;
        this.agentId = order.agentId();
        this.userId = userId;
        this.subject = order.subject() == null ? null : order.subject().strip();
        this.subjectKey = PersonIdentifier.normalForm(subject);
        this.metadata = metadata;
        this.status = SessionStatus.ACTIVE.text();
        this.idleSeconds = idleSeconds;
        this.idleAt = now.plusSeconds(idleSeconds);
        this.createdAt = now;
    }

    UUID id() {
        return id;
    }

    UUID agentId() {
        return agentId;
    }

    int messages() {
        return messages;
    }

    /**
     * Returns the status at a time: a session that exceeded its idle timeout has timed out, even before this is
     * recorded.
     */
    SessionStatus status(Instant now) {
        for (SessionStatus known : SessionStatus.values()) {
            if (known.text().equals(status)) {
                return known == SessionStatus.ACTIVE && !now.isBefore(idleAt) ? SessionStatus.TIMED_OUT : known;
            }
        }
        throw new IllegalStateException("The database holds the unknown status " + status);
    }

    /** Allocates the next message's position and returns it. */
    int next(Instant now) {
        idleAt = now.plusSeconds(idleSeconds);
        return ++messages;
    }

    void terminate(String why, Instant now) {
        status = SessionStatus.TERMINATED.text();
        reason = why;
        endedAt = now;
    }

    /** Records the timeout that {@link #status(Instant)} reports; false when there is nothing to record. */
    boolean timeOut(Instant now) {
        if (!status.equals(SessionStatus.ACTIVE.text()) || status(now) == SessionStatus.ACTIVE) {
            return false;
        }
        status = SessionStatus.TIMED_OUT.text();
        endedAt = idleAt;
        return true;
    }

    SessionView view(Instant now) {
        SessionStatus stands = status(now);
        return new SessionView(
                id,
                agentId,
                userId,
                subject,
                Metadata.of(metadata),
                stands.text(),
                reason,
                messages,
                idleSeconds,
                idleAt,
                createdAt,
                stands == SessionStatus.TIMED_OUT ? idleAt : endedAt);
    }
}
