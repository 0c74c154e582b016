package io.thespace.mcp.federation;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * A remote server that takes credentials of users, and whether the caller has deposited one.
 *
 * @param server its name
 * @param title its title
 * @param authorizes whether the caller can authorize the platform at the server's authorization server instead of depositing a token
 * @param depositedAt null when the caller has deposited none
 */
public record CredentialView(String server, String title, boolean authorizes, @Nullable Instant depositedAt) {

    /** For the documentation. */
    public static final CredentialView EXAMPLE =
            new CredentialView("files", "Files", true, Instant.parse("2026-01-31T12:00:00Z"));

    static CredentialView of(McpServerOrder order, Instant depositedAt) {
        return new CredentialView(order.name(), order.title(), order.remote().oauth() != null, depositedAt);
    }
}
