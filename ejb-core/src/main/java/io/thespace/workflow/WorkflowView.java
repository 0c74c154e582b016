package io.thespace.workflow;

import java.time.Instant;

/**
 * A workflow, with its latest version.
 *
 * @param id the document's own id of its process
 * @param name of the latest version, as is format
 * @param version the number of the latest version, with which new runs start
 * @param status {@code active}, or {@code disabled} when no new run starts
 * @param format {@code bpmn}, or {@code dsl} for the Serverless Workflow DSL
 */
public record WorkflowView(
        String id, String name, int version, String status, String format, Instant createdAt, Instant changedAt) {

    /** For the documentation. */
    public static final WorkflowView EXAMPLE = new WorkflowView(
            "large_transfer",
            "Large transfer",
            1,
            "active",
            "bpmn",
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:00Z"));
}
