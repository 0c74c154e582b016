package io.thespace.mirrorcore;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A session.
 *
 * @param createdBy null when that person's data was erased
 * @param completedAt null while it accepts turns
 * @param turns the number of turns
 * @param words of all turns
 */
public record SessionView(
        UUID sessionId,
        @Nullable String title,
        @Nullable UUID createdBy,
        Instant createdAt,
        @Nullable Instant completedAt,
        int turns,
        int words) {}
