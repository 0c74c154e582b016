package io.thespace.mcp.federation;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;

/**
 * A server, with every member as it is in force; what each means is told by {@link McpServerOrder}.
 *
 * @param kind {@code remote}, {@code openapi} or {@code virtual}
 * @param hasCredential whether a remote server gets a credential of the administrator's
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

    /** A remote server; what each member means is told by {@link RemoteOrder}. */
    public record RemoteView(
            String url,
            CredentialUse credentials,
            @Nullable OAuthOrder oauth,
            @Nullable McpWire wire,
            int timeLimitMillis,
            int concurrency,
            int readSeconds) {

        /** A remote server of which everything is said; null for null. */
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

    /** An HTTP API; what each member means is told by {@link OpenApiOrder}. */
    public record OpenApiView(String route, List<String> operations) {

        /** Without the document; null for null. */
        static OpenApiView of(OpenApiOrder order) {
            return order == null ? null : new OpenApiView(order.route(), order.operations());
        }
    }

    /**
     * What the last reading of a remote server came to.
     *
     * @param status {@code unread}, {@code ok} or {@code failing}
     * @param wire which it speaks; null before the first reading
     * @param tools how many of its tools are in service
     * @param quarantined how many of its tools and prompts wait for an administrator
     * @param readAt when it was last read; null before the first reading
     * @param fault why the last reading failed; null when it did not
     * @param remark what the last reading left out, and why; null for nothing
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
