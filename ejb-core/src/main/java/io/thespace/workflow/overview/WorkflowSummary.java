package io.thespace.workflow.overview;

import io.thespace.workflow.WorkflowView;
import io.thespace.workflow.run.RunView;
import jakarta.annotation.Nullable;

/**
 * A workflow with its last run.
 *
 * @param version the number of the latest version
 * @param status {@code active}, or {@code disabled} when no new run starts
 * @param lastRun the run that started last; null before the first
 */
public record WorkflowSummary(String id, String name, int version, String status, @Nullable RunView lastRun) {

    /** For the documentation. */
    public static final WorkflowSummary EXAMPLE =
            new WorkflowSummary(WorkflowView.EXAMPLE.id(), WorkflowView.EXAMPLE.name(), 1, "active", RunView.EXAMPLE);
}
