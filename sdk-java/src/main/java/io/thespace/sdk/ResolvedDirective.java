package io.thespace.sdk;

import java.time.Instant;
import java.util.UUID;

/**
 * A directive that an agent has to keep to now.
 *
 * @param version the number of the version in force
 * @param scope {@code agent} or {@code organization}
 */
public record ResolvedDirective(
        UUID directiveId, int version, String scope, String name, String content, int priority, Instant promotedAt) {}
