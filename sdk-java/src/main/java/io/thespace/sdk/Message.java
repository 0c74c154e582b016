package io.thespace.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A message of a session.
 *
 * @param position its place in the session, from 1
 * @param role {@code user}, {@code assistant}, {@code system} or {@code tool}
 * @param usage the usage of the call that produced it; null without one
 */
public record Message(
        UUID id,
        UUID sessionId,
        int position,
        String role,
        String content,
        Map<String, Object> metadata,
        CallUsage usage,
        Instant createdAt) {}
