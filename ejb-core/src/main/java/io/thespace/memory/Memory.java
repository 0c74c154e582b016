package io.thespace.memory;

import static io.thespace.json.MergePatch.merged;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.util.UuidUtil;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.Rejection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;

/** Something that is kept in mind. */
@Entity
@Table(name = "memories")
class Memory {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "agent_id", updatable = false)
    private UUID agentId;

    @Column(name = "content")
    private String content;

    @Column(name = "content_hash")
    private byte[] contentHash;

    @Column(name = "category")
    private String category;

    @Column(name = "importance")
    private double importance;

    @Column(name = "valid_from")
    private Instant validFrom;

    @Column(name = "valid_to")
    private Instant validTo;

    @Column(name = "source")
    private String source;

    // Hibernate's own JSON type needs a class of the driver that WildFly's Hibernate does not see.
    @Column(name = "metadata")
    @ColumnTransformer(write = "?::jsonb")
    private String metadata;

    @Column(name = "subject_user_id")
    private UUID subjectUserId;

    @Column(name = "subject")
    private String subject;

    /** {@link PersonIdentifier#normalForm} of the subject. */
    @Column(name = "subject_key")
    private String subjectKey;

    @Column(name = "created_by", updatable = false)
    private UUID createdBy;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Version
    private long version;

    protected Memory() {}

    /** Not persisted through JPA: {@link Memories} inserts it unless it exists. */
    Memory(UUID orgId, UUID agentId, UUID createdBy, MemoryOrder order) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        // The time of the id, so that queries by time can use the id.
        this.createdAt = UuidUtil.getInstant(id);
        this.orgId = orgId;
        this.agentId = agentId;
        is(order.content());
        this.category = order.category();
        this.importance = order.importance() == null
                ? MemoryOrder.IMPORTANCE
                : order.importance().doubleValue();
        this.validFrom = order.validFrom() == null ? createdAt : time("valid_from", order.validFrom());
        this.validTo = time("valid_to", order.validTo());
        checkValidity();
        this.source = order.source();
        this.metadata = Metadata.text(order.metadata());
        about(order.subject());
        this.createdBy = createdBy;
        this.changedAt = createdAt;
    }

    private void is(String text) {
        content = text.strip();
        contentHash = Content.hash(content);
    }

    private void about(Subject whom) {
        subjectUserId = whom == null ? null : whom.userId();
        subject = whom == null ? null : whom.identifier();
        subjectKey = PersonIdentifier.normalForm(subject);
    }

    void change(MemoryChange change, Instant now) {
        is(merged(content, change.content()));
        category = merged(category, change.category());
        if (change.importance() != null) {
            importance = change.importance().map(BigDecimal::doubleValue).orElse(MemoryOrder.IMPORTANCE);
        }
        validFrom = time("valid_from", merged(validFrom, change.validFrom()));
        validTo = time("valid_to", merged(validTo, change.validTo()));
        checkValidity();
        source = merged(source, change.source());
        if (change.metadata() != null) {
            metadata = Metadata.text(change.metadata()
                    .map(patch -> Metadata.merge(Metadata.read(metadata), patch))
                    .orElse(null));
        }
        if (change.subject() != null) {
            about(change.subject()
                    .map(whom -> new Subject(merged(subjectUserId, whom.userId()), merged(subject, whom.identifier())))
                    .orElse(null));
        }
        changedAt = now.truncatedTo(ChronoUnit.MILLIS);
    }

    private void checkValidity() {
        if (validTo != null && !validTo.isAfter(validFrom)) {
            throw Rejection.of(
                    MemoryError.INVALID_TIME,
                    "valid_to",
                    "valid_to must be after valid_from, which is %s.".formatted(validFrom));
        }
    }

    /**
     * Truncates a time to milliseconds, the resolution of responses; null for null.
     *
     * @throws Rejection {@code INVALID_TIME}
     */
    static Instant time(String member, Instant time) {
        if (time == null) {
            return null;
        }
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw Rejection.of(MemoryError.INVALID_TIME, member, member + " must be in the years 1 to 9999.");
        }
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    UUID id() {
        return id;
    }

    UUID orgId() {
        return orgId;
    }

    UUID agentId() {
        return agentId;
    }

    String content() {
        return content;
    }

    byte[] contentHash() {
        return contentHash.clone();
    }

    String subjectKey() {
        return subjectKey;
    }

    String metadata() {
        return metadata;
    }

    MemoryView view() {
        return new MemoryView(
                id,
                agentId,
                content,
                category,
                BigDecimal.valueOf(importance),
                validFrom,
                validTo,
                source,
                Metadata.read(metadata),
                Subject.orNull(subjectUserId, subject),
                createdBy,
                createdAt,
                changedAt);
    }
}
