package io.thespace.mcp.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.thespace.json.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A user's context. */
@Entity
@Table(name = "mcp_contexts")
class McpContext {

    private static final TypeReference<List<ContextPart>> PARTS = new TypeReference<>() {};

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "user_id", updatable = false)
    private UUID userId;

    /** JSON. */
    private String parts;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Version
    private long version;

    protected McpContext() {}

    McpContext(UUID id, UUID orgId, UUID userId, String parts, Instant expiresAt, Instant now) {
        this.id = id;
        this.orgId = orgId;
        this.userId = userId;
        this.createdAt = now;
        become(parts, expiresAt, now);
    }

    void become(String newParts, Instant newExpiry, Instant now) {
        parts = newParts;
        expiresAt = newExpiry;
        changedAt = now;
    }

    long version() {
        return version;
    }

    ContextView view() {
        try {
            return new ContextView(id, Json.MAPPER.readValue(parts, PARTS), expiresAt, version, createdAt, changedAt);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Parts in the database are JSON", e);
        }
    }
}
