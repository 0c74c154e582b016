package io.thespace.token;

import io.thespace.plugin.api.Permission;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Request to create a token.
 *
 * @param name its name
 * @param permissions its permissions, a subset of its creator's
 * @param agentId the agent that acts with it; null for the user alone
 * @param expiresAt null for never, or for the expiry of the token with which it is created
 */
public record TokenOrder(
        @NotBlank @Size(max = 200) String name,
        @NotNull @Size(max = 64) List<@NotNull Permission> permissions,
        UUID agentId,
        Instant expiresAt) {

    /** For the documentation. */
    public static final TokenOrder EXAMPLE = new TokenOrder(
            "nightly export",
            List.of(Permission.MEMORY_READ, Permission.SESSION_READ),
            null,
            Instant.parse("2027-01-31T12:00:00Z"));
}
