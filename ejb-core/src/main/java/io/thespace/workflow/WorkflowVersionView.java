package io.thespace.workflow;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * An immutable version of a workflow.
 *
 * @param source the document as it was sent
 * @param createdBy the user who created it; null when that user was erased
 */
public record WorkflowVersionView(
        int version, String name, String format, String source, @Nullable UUID createdBy, Instant createdAt) {

    /** For the documentation. */
    public static final WorkflowVersionView EXAMPLE = new WorkflowVersionView(
            1,
            WorkflowView.EXAMPLE.name(),
            "bpmn",
            "<definitions …/>",
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            Instant.parse("2026-01-31T12:00:00Z"));
}
