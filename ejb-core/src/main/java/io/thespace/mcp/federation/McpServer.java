package io.thespace.mcp.federation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.json.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A remote server, an HTTP API, or a virtual server. */
@Entity
@Table(name = "mcp_servers")
class McpServer {

    @Id
    private String name;

    /** A complete {@link McpServerOrder} without the credential, as JSON. */
    @Column(name = "definition")
    private String definition;

    @Column(name = "sealed_credential")
    private byte[] sealedCredential;

    @Column(name = "sealed_client_secret")
    private byte[] sealedClientSecret;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Version
    private long version;

    protected McpServer() {}

    McpServer(McpServerOrder order, byte[] sealed, byte[] sealedSecret, Instant now) {
        this.name = order.name();
        this.createdAt = now;
        become(order, sealed, sealedSecret, now);
    }

    void become(McpServerOrder order, byte[] sealed, byte[] sealedSecret, Instant now) {
        try {
            definition = Json.MAPPER.writeValueAsString(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every server can be written as JSON", e);
        }
        sealedCredential = sealed;
        sealedClientSecret = sealedSecret;
        changedAt = now;
    }

    String name() {
        return name;
    }

    byte[] sealedCredential() {
        return sealedCredential;
    }

    byte[] sealedClientSecret() {
        return sealedClientSecret;
    }

    McpServerOrder order() {
        try {
            // Rows of an earlier version lack members that have a default.
            return Json.MAPPER.readValue(definition, McpServerOrder.class).complete();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The MCP server " + name + " is no longer readable", e);
        }
    }

    /** @param state null for any but a remote server */
    McpServerView view(McpServerView.RemoteState state) {
        McpServerOrder order = order();
        return new McpServerView(
                name,
                order.kind(),
                order.title(),
                order.description(),
                order.enabled(),
                McpServerView.RemoteView.of(order.remote()),
                McpServerView.OpenApiView.of(order.openapi()),
                order.virtual(),
                sealedCredential != null,
                sealedClientSecret != null,
                state,
                createdAt,
                changedAt);
    }
}
