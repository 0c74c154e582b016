package io.thespace.workflow.run;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * A step that a run is at now.
 *
 * @param element the id of the element in the definition
 * @param kind the element's kind, for example {@code userTask}
 * @param state {@code running} or {@code waiting}
 */
public record CurrentStepView(String element, @Nullable String name, String kind, String state, Instant startedAt) {

    /** For the documentation. */
    public static final CurrentStepView EXAMPLE =
            new CurrentStepView("approve", "Approve", "userTask", "waiting", Instant.parse("2026-01-31T12:00:01Z"));
}
