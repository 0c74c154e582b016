package io.thespace.session;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.Immutable;

/** A message of a session. It is written once and never changed. */
@Entity
@Immutable
@Table(name = "session_messages")
class Message {

    @Id
    private UUID id;

    @Column(name = "org_id")
    private UUID orgId;

    @Column(name = "session_id")
    private UUID sessionId;

    @Column(name = "position")
    private int position;

    /** {@link MessageRole#text}. */
    @Column(name = "role")
    private String role;

    @Column(name = "content")
    private String content;

    /** JSON. */
    @Column(name = "metadata")
    private String metadata;

    @Column(name = "model")
    private String model;

    @Column(name = "input_tokens")
    private Long inputTokens;

    @Column(name = "output_tokens")
    private Long outputTokens;

    @Column(name = "cost")
    private BigDecimal cost;

    @Column(name = "currency")
    private String currency;

    @Column(name = "latency_ms")
    private Integer latencyMs;

    @Column(name = "error")
    private String error;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Message() {}

    Message(UUID orgId, UUID sessionId, int position, MessageOrder order, String metadata, Instant now) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.orgId = orgId;
        this.sessionId = sessionId;
        this.position = position;
        this.role = order.role().text();
        this.content = order.content();
        this.metadata = metadata;
        this.createdAt = now;
        if (order.usage() != null) {
            this.model = order.usage().model();
            this.inputTokens = order.usage().inputTokens();
            this.outputTokens = order.usage().outputTokens();
            this.latencyMs = order.usage().latencyMs();
            this.error = order.usage().error();
            if (order.usage().cost() != null) {
                this.cost = order.usage().cost().amount();
                this.currency = order.usage().cost().currency();
            }
        }
    }

    MessageView view() {
        return new MessageView(id, sessionId, position, role, content, Metadata.of(metadata), usage(), createdAt);
    }

    private Usage usage() {
        boolean none = Stream.<Object>of(model, inputTokens, outputTokens, cost, latencyMs, error)
                .allMatch(Objects::isNull);
        return none
                ? null
                : new Usage(
                        model,
                        inputTokens,
                        outputTokens,
                        cost == null ? null : new Cost(plain(cost), currency),
                        latencyMs,
                        error);
    }

    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
