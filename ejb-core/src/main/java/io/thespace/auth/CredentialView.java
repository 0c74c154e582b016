package io.thespace.auth;

import io.thespace.plugin.api.Permission;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * The principal of a bearer.
 *
 * @param agentId null when the user acts without an agent
 * @param tokenId of the personal access token or of the sign-in; null for an external issuer's token
 * @param personal whether it is a personal access token
 * @param expiresAt null for never
 * @param stale whether its last use has to be updated
 */
public record CredentialView(
        UUID orgId,
        UUID userId,
        UUID agentId,
        UUID tokenId,
        boolean personal,
        Set<Permission> permissions,
        Instant expiresAt,
        boolean stale) {}
