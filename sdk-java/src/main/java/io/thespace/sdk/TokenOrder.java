package io.thespace.sdk;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Request to create a token.
 *
 * @param name its name
 * @param permissions its permissions, such as {@code agent_read}; a subset of its creator's
 * @param agentId the agent that acts with it; null for the user alone
 * @param expiresAt null for never
 */
public record TokenOrder(String name, List<String> permissions, UUID agentId, Instant expiresAt) {}
