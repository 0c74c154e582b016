package io.thespace.sdk;

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
public record Directive(
        UUID id,
        UUID agentId,
        String status,
        String name,
        String content,
        int priority,
        int latestVersion,
        Integer activeVersion,
        UUID createdBy,
        Instant createdAt,
        Instant changedAt) {}
