package io.thespace.event;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.transaction.Insertion;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** Something that happened. It is written once and never changed. */
@Entity
@Immutable
@SuppressWarnings("UnusedVariable") // read by JPA
@Table(name = "events")
class Event {

    private static final String INSERT =
            "insert into core.events (id, org_id, type, source, subject, data, actor_id, request_id, synthetic, recorded_at)"
                    + " values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)";

    @Id
    private UUID id;

    @Column(name = "org_id")
    private UUID orgId;

    private String type;

    private String source;

    private String subject;

    // Hibernate's own JSON type needs a class of the driver that WildFly's Hibernate does not see.
    @ColumnTransformer(write = "?::jsonb")
    private String data;

    @Column(name = "actor_id")
    private UUID actorId;

    @Column(name = "request_id")
    private String requestId;

    private boolean synthetic;

    @Column(name = "recorded_at")
    private Instant recordedAt;

    protected Event() {}

    Event(Actor actor, String source, String type, String subject, String data) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.orgId = actor.orgId();
        this.type = type;
        this.source = source;
        this.subject = subject;
        this.data = data;
        this.actorId = actor.userId();
        this.requestId = actor.requestId();
        this.synthetic = actor.synthetic();
        this.recordedAt = Instant.now();
    }

    /** The same event as a row. */
    Insertion insertion() {
        return Insertion.of(
                INSERT,
                "add_event",
                id,
                orgId,
                type,
                source,
                subject,
                data,
                actorId,
                requestId,
                synthetic,
                recordedAt.atOffset(ZoneOffset.UTC));
    }

    EventView view() {
        return new EventView(id, source, type, subject, recordedAt, actorId, requestId, synthetic, data);
    }
}
