package io.thespace.mcp.federation.authorization;

import java.time.Instant;

/**
 * An authorization that the caller has begun.
 *
 * @param server the remote server
 * @param authorizationUrl where the caller's browser goes to
 * @param state what comes back with the code
 * @param expiresAt until when the code is taken
 */
public record AuthorizationView(String server, String authorizationUrl, String state, Instant expiresAt) {

    /** For the documentation. */
    public static final AuthorizationView EXAMPLE = new AuthorizationView(
            "files",
            "https://auth.example.org/authorize?response_type=code&client_id=the-space&state=S0mYx8l0hzXKx1pFqGk4cNzUe3gq2v5yR7T9wQbD1aE",
            "S0mYx8l0hzXKx1pFqGk4cNzUe3gq2v5yR7T9wQbD1aE",
            Instant.parse("2026-01-31T12:10:00Z"));
}
