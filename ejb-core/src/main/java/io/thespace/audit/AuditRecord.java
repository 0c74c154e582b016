package io.thespace.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Kind;
import io.thespace.transaction.Insertion;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;

/** A record of a call, sealed into a chain or not. Written once and never changed. */
@MappedSuperclass
@SuppressWarnings("UnusedVariable") // read by JPA
abstract class AuditRecord {

    /** Stands for the organization of what belongs to none. */
    static final UUID PLATFORM = new UUID(0, 0);

    private static final String INSERT =
            "insert into core.audit_inbox (id, org_id, recorded_at, user_id, role, sign_in_id, address, synthetic, method, path,"
                    + " source, action, resource, outcome, status, kind, error, request_id, request_digest, answer_digest,"
                    + " before_digest, after_digest)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    @Id
    private UUID id;

    @Column(name = "org_id")
    private UUID orgId;

    @Column(name = "recorded_at")
    private Instant recordedAt;

    @Column(name = "user_id")
    private UUID userId;

    private String role;

    @Column(name = "sign_in_id")
    private UUID signInId;

    private String address;

    private boolean synthetic;

    private String method;

    private String path;

    private String source;

    private String action;

    // Hibernate's own JSON type needs a class of the driver that WildFly's Hibernate does not see.
    @ColumnTransformer(write = "?::jsonb")
    private String resource;

    private String outcome;

    private Integer status;

    private String kind;

    private String error;

    @Column(name = "request_id")
    private String requestId;

    @Column(name = "request_digest")
    private byte[] requestDigest;

    @Column(name = "answer_digest")
    private byte[] answerDigest;

    @Column(name = "before_digest")
    private byte[] beforeDigest;

    @Column(name = "after_digest")
    private byte[] afterDigest;

    protected AuditRecord() {}

    AuditRecord(
            Actor actor,
            String method,
            String path,
            String source,
            String action,
            Map<String, String> resource,
            AuditOutcome outcome,
            byte[] requestDigest,
            byte[] beforeDigest,
            byte[] afterDigest) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.orgId = chain(actor.orgId());
        this.recordedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.userId = actor.userId();
        this.role = actor.role() == null ? null : actor.role().group();
        this.signInId = actor.signInId();
        this.address = actor.address();
        this.synthetic = actor.synthetic();
        this.method = method;
        this.path = path;
        this.source = source;
        this.action = action;
        this.resource = json(resource);
        this.outcome = outcome.text();
        this.requestId = actor.requestId();
        this.requestDigest = requestDigest;
        this.beforeDigest = beforeDigest;
        this.afterDigest = afterDigest;
    }

    /** The chain of an organization; null for the platform's. */
    static UUID chain(UUID orgId) {
        return orgId == null ? PLATFORM : orgId;
    }

    void answered(Integer withStatus, byte[] digest) {
        status = withStatus;
        answerDigest = digest;
    }

    /** The same record as a row of the inbox. */
    Insertion insertion() {
        return Insertion.of(
                INSERT,
                "add_audit_record",
                id,
                orgId,
                recordedAt.atOffset(ZoneOffset.UTC),
                userId,
                role,
                signInId,
                address,
                synthetic,
                method,
                path,
                source,
                action,
                resource,
                outcome,
                status,
                kind,
                error,
                requestId,
                requestDigest,
                answerDigest,
                beforeDigest,
                afterDigest);
    }

    void refused(Kind as, String code) {
        kind = as.name();
        error = code;
    }

    private static String json(Map<String, String> resource) {
        if (resource.isEmpty()) {
            return "{}";
        }
        try {
            // What PostgreSQL's text cannot hold, a path's parameter may; it was refused then.
            Map<String, String> storable = new TreeMap<>();
            resource.forEach((name, value) -> storable.put(name, value.replace('\0', '\uFFFD')));
            return Json.MAPPER.writeValueAsString(storable);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts are always JSON", e);
        }
    }
}
