package io.thespace.token;

import io.thespace.plugin.api.Permission;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * The principal of a valid token.
 *
 * @param agentId null when the user acts without an agent
 * @param permissions the token's current permissions
 * @param expiresAt null for never
 * @param stale whether its recorded last use is old enough to be updated
 */
public record HolderView(
        UUID tokenId,
        UUID orgId,
        UUID userId,
        UUID agentId,
        Set<Permission> permissions,
        Instant expiresAt,
        boolean stale) {}
