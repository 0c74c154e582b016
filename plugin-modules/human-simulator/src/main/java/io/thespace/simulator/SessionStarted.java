package io.thespace.simulator;

import io.thespace.plugin.api.EventType;
import java.util.UUID;

/** The event {@code session_started}. */
public record SessionStarted(UUID runId, String scenario, int session, String persona) {

    static final EventType TYPE = new EventType(
            "session_started",
            "A synthetic session of a run began; the subject is the run's id.",
            SessionStarted.class);
}
