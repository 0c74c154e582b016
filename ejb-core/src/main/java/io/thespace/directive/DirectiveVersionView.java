package io.thespace.directive;

import jakarta.annotation.Nullable;
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
public record DirectiveVersionView(
        UUID directiveId,
        int version,
        String status,
        String name,
        String content,
        int priority,
        @Nullable UUID createdBy,
        Instant createdAt,
        @Nullable UUID promotedBy,
        @Nullable Instant promotedAt,
        @Nullable Instant endedAt,
        @Nullable UUID revokedBy,
        @Nullable String revokedReason) {

    /** For the documentation. */
    public static final DirectiveVersionView EXAMPLE = new DirectiveVersionView(
            DirectiveView.EXAMPLE.id(),
            2,
            "active",
            DirectiveView.EXAMPLE.name(),
            DirectiveView.EXAMPLE.content(),
            200,
            DirectiveView.EXAMPLE.createdBy(),
            DirectiveView.EXAMPLE.createdAt(),
            DirectiveView.EXAMPLE.createdBy(),
            DirectiveView.EXAMPLE.createdAt(),
            null,
            null,
            null);
}
