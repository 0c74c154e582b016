package io.thespace.mcp.federation;

import java.time.Duration;
import java.time.Instant;

/**
 * A user's credential for a remote server.
 *
 * @param token a bearer token
 * @param expiresAt when an access token expires; null for a deposited token, and without an announced expiry
 * @param refreshToken the refresh token (RFC 6749, section 6); null for none
 */
public record UserCredential(String token, Instant expiresAt, String refreshToken) {

    /** A request that is sent now may be read this much later. */
    private static final Duration SPARE = Duration.ofSeconds(30);

    /** Whether the next access token is needed for a request that is sent now. */
    public boolean expires() {
        return expiresAt != null && Instant.now().plus(SPARE).isAfter(expiresAt);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "UserCredential[" + expiresAt + "]";
    }
}
