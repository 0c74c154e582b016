package io.thespace.mcp.federation;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * A remote server that takes credentials of users, and whether the caller has deposited one.
 *
 * @param server its name
 * @param title its title
 * @param depositedAt null when the caller has deposited none
 */
public record CredentialView(String server, String title, @Nullable Instant depositedAt) {

    /** For the documentation. */
    public static final CredentialView EXAMPLE =
            new CredentialView("files", "Files", Instant.parse("2026-01-31T12:00:00Z"));
}
