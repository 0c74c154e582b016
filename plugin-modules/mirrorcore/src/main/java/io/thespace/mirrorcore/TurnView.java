package io.thespace.mirrorcore;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A turn with its measures.
 *
 * @param position in the session, from 1; erased turns leave gaps
 * @param createdBy the user who added it; null for the platform itself
 */
public record TurnView(
        UUID turnId,
        UUID sessionId,
        int position,
        String speaker,
        String text,
        @Nullable UUID createdBy,
        Instant createdAt,
        MeasuresView measures) {}
