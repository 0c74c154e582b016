package io.thespace.workflow.task;

import io.thespace.workflow.WorkflowView;
import io.thespace.workflow.run.RunView;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A task for a person in a run.
 *
 * @param element the id of the element in the definition
 * @param state its state, see {@link TaskState#text}
 * @param role the minimum role for completing it; null when it is for one user only
 * @param assignee the user to whom it is assigned; null while it is not claimed
 * @param decision the decision; null until completion
 */
public record TaskView(
        UUID id,
        UUID runId,
        String workflowId,
        String element,
        String name,
        String state,
        @Nullable String role,
        @Nullable UUID assignee,
        @Nullable Instant dueAt,
        @Nullable String decision,
        @Nullable UUID completedBy,
        Instant createdAt,
        @Nullable Instant completedAt) {

    /** For the documentation. */
    public static final TaskView EXAMPLE = new TaskView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e70"),
            RunView.EXAMPLE.runId(),
            WorkflowView.EXAMPLE.id(),
            "approve",
            "Approve the transfer",
            "open",
            "admin",
            null,
            Instant.parse("2026-02-01T12:00:00Z"),
            null,
            null,
            Instant.parse("2026-01-31T12:00:00Z"),
            null);
}
