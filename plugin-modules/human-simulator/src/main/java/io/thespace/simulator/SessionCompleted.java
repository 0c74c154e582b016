package io.thespace.simulator;

import io.thespace.plugin.api.EventType;
import java.util.UUID;

/** The event {@code session_completed}. */
public record SessionCompleted(UUID runId, String scenario, int session, String persona, boolean passed) {

    static final EventType TYPE = new EventType(
            "session_completed",
            "A synthetic session of a run ended; the subject is the run's id.",
            SessionCompleted.class);
}
