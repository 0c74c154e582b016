package io.thespace.directive;

import java.time.Instant;
import java.util.UUID;

/**
 * A directive that an agent has to keep to now.
 *
 * @param version the number of the version in force
 * @param scope {@code agent} or {@code organization}
 */
public record ResolvedDirectiveView(
        UUID directiveId, int version, String scope, String name, String content, int priority, Instant promotedAt) {

    /** For the documentation. */
    public static final ResolvedDirectiveView EXAMPLE = new ResolvedDirectiveView(
            DirectiveView.EXAMPLE.id(),
            2,
            "organization",
            DirectiveView.EXAMPLE.name(),
            DirectiveView.EXAMPLE.content(),
            200,
            DirectiveView.EXAMPLE.createdAt());
}
