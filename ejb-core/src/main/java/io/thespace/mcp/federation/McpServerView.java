package io.thespace.mcp.federation;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;

/**
 * A server with every effective member; see {@link McpServerOrder}.
 *
 * @param kind {@code remote}, {@code openapi} or {@code virtual}
 * @param hasCredential whether an administrator's credential is sent to a remote server
 * @param hasClientSecret whether the platform has a secret at a remote server's authorization server
 * @param state of a remote server; null of any other
 */
public record McpServerView(
        String name,
        String kind,
        String title,
        String description,
        boolean enabled,
        @Nullable RemoteView remote,
        @Nullable OpenApiView openapi,
        @Nullable VirtualOrder virtual,
        boolean hasCredential,
        boolean hasClientSecret,
        @Nullable RemoteState state,
        Instant createdAt,
        Instant changedAt) {

    /** For the documentation. */
    public static final McpServerView EXAMPLE = new McpServerView(
            "files",
            "remote",
            "Files",
            "The files of the research department.",
            true,
            RemoteView.of(RemoteOrder.EXAMPLE.complete()),
            null,
            null,
            true,
            false,
            new RemoteState("ok", McpWire.SESSION, 12, 1, Instant.parse("2026-01-31T12:00:00Z"), null, null),
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:00Z"));

    /** A remote server; see {@link RemoteOrder} for the members. */
    public record RemoteView(
            String url,
            CredentialUse credentials,
            @Nullable OAuthOrder oauth,
            @Nullable McpWire wire,
            int timeLimitMillis,
            int concurrency,
            int readSeconds) {

        /** A view of a complete remote server; null for null. */
        static RemoteView of(RemoteOrder order) {
            return order == null
                    ? null
                    : new RemoteView(
                            order.url(),
                            order.credentials(),
                            order.oauth(),
                            order.wire(),
                            order.timeLimitMillis(),
                            order.concurrency(),
                            order.readSeconds());
        }
    }

    /** An HTTP API; see {@link OpenApiOrder} for the members. */
    public record OpenApiView(String route, List<String> operations) {

        /** Without the document; null for null. */
        static OpenApiView of(OpenApiOrder order) {
            return order == null ? null : new OpenApiView(order.route(), order.operations());
        }
    }

    /**
     * The result of the last reading of a remote server.
     *
     * @param status {@code unread}, {@code ok} or {@code failing}
     * @param wire the negotiated wire; null before the first reading
     * @param tools the number of its tools in service
     * @param quarantined the number of its tools and prompts that await an administrator's review
     * @param readAt when it was last read; null before the first reading
     * @param fault the failure of the last reading; null when it succeeded
     * @param remark what the last reading skipped, and why; null for nothing
     */
    public record RemoteState(
            String status,
            @Nullable McpWire wire,
            int tools,
            int quarantined,
            @Nullable Instant readAt,
            @Nullable String fault,
            @Nullable String remark) {}
}
