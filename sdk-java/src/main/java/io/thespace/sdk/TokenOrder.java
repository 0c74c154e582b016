package io.thespace.sdk;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A token is to be.
 *
 * @param name what it is for
 * @param permissions what it may do, such as {@code agent_read}; none that its maker may not
 * @param agentId which agent acts with it; null for the user alone
 * @param expiresAt null for never
 */
public record TokenOrder(String name, List<String> permissions, UUID agentId, Instant expiresAt) {}
