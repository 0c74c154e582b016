package io.thespace.workflow.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.workflow.WorkflowView;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A run of a workflow.
 *
 * @param version of the definition; fixed for the run
 * @param output the outputs of the steps, by the ids of their elements, or the output defined by a Serverless Workflow
 *     document; null until the run is completed
 * @param cause the failure; null without one
 * @param startedBy the user for whom the steps act; null when that user was erased
 * @param triggeredBy {@code event:} and its id, {@code schedule:}, its id and the time, or {@code step:} and the idempotency key
 *     of the step of another run; null for a call
 * @param parentRunId the run whose step started it; null for none
 * @param currentSteps the steps that it is at now, in the order in which they started, at most 100; absent in lists
 */
public record RunView(
        UUID runId,
        String workflowId,
        int version,
        String state,
        Map<String, Object> input,
        @Nullable JsonNode output,
        @Nullable String cause,
        @Nullable UUID startedBy,
        @Nullable String triggeredBy,
        @Nullable UUID parentRunId,
        Instant startedAt,
        @Nullable Instant endedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<CurrentStepView> currentSteps) {

    /** For the documentation. */
    public static final RunView EXAMPLE = new RunView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e60"),
            WorkflowView.EXAMPLE.id(),
            1,
            "waiting",
            Map.of("amount", 25_000),
            null,
            null,
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            null,
            null,
            Instant.parse("2026-01-31T12:00:00Z"),
            null,
            List.of(CurrentStepView.EXAMPLE));

    RunView at(List<CurrentStepView> steps) {
        return new RunView(
                runId,
                workflowId,
                version,
                state,
                input,
                output,
                cause,
                startedBy,
                triggeredBy,
                parentRunId,
                startedAt,
                endedAt,
                steps);
    }
}
