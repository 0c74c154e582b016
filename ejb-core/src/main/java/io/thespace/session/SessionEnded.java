package io.thespace.session;

import io.thespace.plugin.api.EventType;
import java.util.UUID;

/**
 * Data of the event that a session ended. Contains no personal data. Says nothing about anybody.
 *
 * @param status {@code terminated} or {@code timed_out}
 * @param messages the number of its messages
 */
record SessionEnded(UUID sessionId, UUID agentId, String status, int messages) {

    static final EventType TYPE = new EventType(
            "session_ended", "A session was terminated or timed out; the subject is the session.", SessionEnded.class);
}
