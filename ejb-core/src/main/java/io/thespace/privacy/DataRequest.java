package io.thespace.privacy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A data request (GDPR articles 15, 17 and 20). */
@Entity
@Table(name = "data_requests")
class DataRequest {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "kind", updatable = false)
    private String kind;

    @Column(name = "user_id", updatable = false)
    private UUID userId;

    @Column(name = "identifier")
    private String identifier;

    @Column(name = "identifier_digest", updatable = false)
    private byte[] identifierDigest;

    @Column(name = "state")
    private String state;

    @Column(name = "reason")
    private String reason;

    @Column(name = "requested_by", updatable = false)
    private UUID requestedBy;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "due_at", updatable = false)
    private Instant dueAt;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    @Column(name = "lease")
    private UUID lease;

    @Column(name = "leased_until")
    private Instant leasedUntil;

    @Column(name = "attempts")
    private int attempts;

    @Column(name = "next_at")
    private Instant nextAt;

    @Column(name = "export_until")
    private Instant exportUntil;

    @Column(name = "receipt")
    private String receipt;

    @Version
    private long version;

    protected DataRequest() {}

    DataRequest(
            UUID id,
            UUID orgId,
            UUID requestedBy,
            DataRequestKind kind,
            UUID userId,
            String identifier,
            byte[] identifierDigest,
            Instant now,
            Instant dueAt) {
        this.id = id;
        this.orgId = orgId;
        this.requestedBy = requestedBy;
        this.kind = kind.text();
        this.userId = userId;
        this.identifier = identifier;
        this.identifierDigest = identifierDigest;
        this.state = DataRequestState.QUEUED.text();
        this.createdAt = now;
        this.dueAt = dueAt;
    }

    UUID id() {
        return id;
    }

    DataRequestKind kind() {
        return DataRequestKind.of(kind);
    }

    DataRequestState state() {
        return DataRequestState.of(state);
    }

    UUID userId() {
        return userId;
    }

    String identifier() {
        return identifier;
    }

    /** Keyed; null when there never was an identifier. */
    byte[] identifierDigest() {
        return identifierDigest;
    }

    String receipt() {
        return receipt;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant dueAt() {
        return dueAt;
    }

    boolean leasedTo(UUID holder) {
        return state() == DataRequestState.RUNNING && holder.equals(lease);
    }

    void renew(Instant until) {
        leasedUntil = until;
    }

    void hold() {
        become(DataRequestState.HELD, "A legal hold keeps this person's data. It goes on when the hold is cleared.");
    }

    void release() {
        become(DataRequestState.QUEUED, null);
    }

    /**
     * Blocks the request after all possible work was done; it is retried after increasing pauses. It is tried again,
     * after ever longer pauses.
     */
    void block(String why, Instant now, Instant exported) {
        become(DataRequestState.BLOCKED, why);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
        nextAt = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        exportUntil = exported;
    }

    void complete(String signed, Instant now, Instant exported) {
        become(DataRequestState.COMPLETED, null);
        endedAt = now;
        nextAt = null;
        receipt = signed;
        exportUntil = exported;
    }

    /** Clears the identifier of the person to erase. */
    void forget() {
        identifier = null;
    }

    private void become(DataRequestState next, String why) {
        if (!state().leadsTo(next)) {
            throw new IllegalStateException("A data request that is %s cannot become %s".formatted(state, next.text()));
        }
        state = next.text();
        reason = why;
        lease = null;
        leasedUntil = null;
    }

    /** Whether its export can be loaded. */
    boolean exported(Instant now) {
        return exportUntil != null && now.isBefore(exportUntil);
    }

    DataRequestView view(List<StoreView> stores, Instant now) {
        return new DataRequestView(
                id,
                kind,
                state,
                reason,
                userId,
                identifier,
                requestedBy,
                createdAt,
                dueAt,
                state() != DataRequestState.COMPLETED && now.isAfter(dueAt),
                startedAt,
                endedAt,
                exported(now) ? exportUntil : null,
                stores);
    }
}
