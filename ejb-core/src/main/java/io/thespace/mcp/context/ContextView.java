package io.thespace.mcp.context;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A context.
 *
 * @param version grows with each change; the {@code ETag} is the same number
 */
public record ContextView(
        UUID contextId,
        List<ContextPart> parts,
        Instant expiresAt,
        long version,
        Instant createdAt,
        Instant changedAt) {

    /** For the documentation. */
    public static final ContextView EXAMPLE = new ContextView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e51"),
            List.of(ContextPart.EXAMPLE),
            Instant.parse("2026-02-01T12:00:00Z"),
            0,
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:00Z"));
}
