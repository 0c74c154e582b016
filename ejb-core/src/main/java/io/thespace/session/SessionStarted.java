package io.thespace.session;

import io.thespace.plugin.api.EventType;
import java.util.UUID;

/** Data of the event that a session started. Contains no personal data. Says nothing about anybody. */
record SessionStarted(UUID sessionId, UUID agentId) {

    static final EventType TYPE =
            new EventType("session_started", "A session began; the subject is the session.", SessionStarted.class);
}
