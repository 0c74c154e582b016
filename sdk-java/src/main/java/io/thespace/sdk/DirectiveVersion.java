package io.thespace.sdk;

import java.time.Instant;
import java.util.UUID;

/**
 * A version of a directive; immutable except for its state.
 *
 * @param version its number, from 1
 * @param status {@code draft}, {@code active}, {@code superseded} or {@code revoked}
 * @param createdBy the user who drafted it; null when that user was erased, as with the other users
 * @param endedAt when it was superseded or revoked
 */
public record DirectiveVersion(
        UUID directiveId,
        int version,
        String status,
        String name,
        String content,
        int priority,
        UUID createdBy,
        Instant createdAt,
        UUID promotedBy,
        Instant promotedAt,
        Instant endedAt,
        UUID revokedBy,
        String revokedReason) {}
