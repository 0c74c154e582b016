package io.thespace.token;

import io.thespace.plugin.api.Permission;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Whom a valid token stands for.
 *
 * @param agentId null when the user acts without an agent
 * @param permissions what the token may do now
 * @param expiresAt null for never
 * @param stale whether its last use was written down long enough ago to be written down anew
 */
public record HolderView(
        UUID tokenId,
        UUID orgId,
        UUID userId,
        UUID agentId,
        Set<Permission> permissions,
        Instant expiresAt,
        boolean stale) {}
