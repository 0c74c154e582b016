package io.thespace.session;

import jakarta.annotation.Nullable;
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
public record MessageView(
        UUID id,
        UUID sessionId,
        int position,
        String role,
        String content,
        Map<String, Object> metadata,
        @Nullable Usage usage,
        Instant createdAt) {

    /** For the documentation. */
    public static final MessageView EXAMPLE = new MessageView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e61"),
            SessionView.EXAMPLE.id(),
            2,
            "assistant",
            "Your parcel left our warehouse this morning.",
            Map.of(),
            Usage.EXAMPLE,
            Instant.parse("2026-01-31T12:00:00Z"));
}
