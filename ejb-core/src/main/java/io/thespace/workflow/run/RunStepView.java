package io.thespace.workflow.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.json.Json;
import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A step of a run, or an attempt of one.
 *
 * @param number increases in the order of the beginnings
 * @param element the id of the element in the definition
 * @param kind the element's kind, for example {@code serviceTask}
 * @param state {@code running}, {@code waiting}, {@code completed}, {@code failed} or {@code cancelled}
 * @param attempt 1 for the first
 * @param node the node that began it
 * @param childRunId the run that it started; null for none
 */
public record RunStepView(
        long number,
        String element,
        @Nullable String name,
        String kind,
        String state,
        int attempt,
        @Nullable String node,
        @Nullable Map<String, Object> input,
        @Nullable JsonNode output,
        @Nullable String cause,
        @Nullable UUID childRunId,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /** For the documentation. */
    public static final RunStepView EXAMPLE = new RunStepView(
            3,
            "pay",
            "Pay",
            "serviceTask",
            "completed",
            1,
            "node-1",
            Map.of("amount", 25_000),
            Json.MAPPER.createObjectNode().put("transaction_id", "019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e61"),
            null,
            null,
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:01Z"));
}
