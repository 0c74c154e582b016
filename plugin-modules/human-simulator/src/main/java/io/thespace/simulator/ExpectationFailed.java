package io.thespace.simulator;

import io.thespace.plugin.api.EventType;
import java.util.UUID;

/** The event {@code expectation_failed}. */
public record ExpectationFailed(UUID runId, String scenario, String step, String cause, String failedRequestId) {

    static final EventType TYPE = new EventType(
            "expectation_failed",
            "A step of a run failed for a reason not seen before in that run; the subject is the run's id.",
            ExpectationFailed.class);
}
