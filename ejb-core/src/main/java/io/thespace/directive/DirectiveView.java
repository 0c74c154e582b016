package io.thespace.directive;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A directive, with its latest version.
 *
 * @param agentId the agent; null for every agent of the organization
 * @param status {@code draft} when it never was in force, {@code active} or {@code revoked}
 * @param name of the latest version, as are content and priority
 * @param latestVersion the number of the latest version
 * @param activeVersion the number of the version in force; null without one
 * @param createdBy the user who created it; null when that user was erased
 */
public record DirectiveView(
        UUID id,
        @Nullable UUID agentId,
        String status,
        String name,
        String content,
        int priority,
        int latestVersion,
        @Nullable Integer activeVersion,
        @Nullable UUID createdBy,
        Instant createdAt,
        Instant changedAt) {

    /** For the documentation. */
    public static final DirectiveView EXAMPLE = new DirectiveView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e50"),
            null,
            "active",
            "refunds",
            "Never promise a refund above 50 EUR; hand the customer to a person instead.",
            200,
            2,
            2,
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:00Z"));
}
