package io.thespace.mcp.federation.authorization;

import java.time.Instant;

/**
 * An authorization that the caller has started.
 *
 * @param server the remote server
 * @param authorizationUrl the URL to open in the caller's browser
 * @param state the state returned with the code
 * @param expiresAt the time until which the code is accepted
 */
public record AuthorizationView(String server, String authorizationUrl, String state, Instant expiresAt) {

    /** For the documentation. */
    public static final AuthorizationView EXAMPLE = new AuthorizationView(
            "files",
            "https://auth.example.org/authorize?response_type=code&client_id=the-space&state=S0mYx8l0hzXKx1pFqGk4cNzUe3gq2v5yR7T9wQbD1aE",
            "S0mYx8l0hzXKx1pFqGk4cNzUe3gq2v5yR7T9wQbD1aE",
            Instant.parse("2026-01-31T12:10:00Z"));
}
