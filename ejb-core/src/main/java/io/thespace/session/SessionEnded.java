package io.thespace.session;

import io.thespace.plugin.api.EventType;
import java.util.UUID;

/**
 * A session ended. Says nothing about anybody.
 *
 * @param status {@code terminated} or {@code timed_out}
 * @param messages how many it has
 */
record SessionEnded(UUID sessionId, UUID agentId, String status, int messages) {

    static final EventType TYPE = new EventType(
            "session_ended", "A session was terminated or timed out; the subject is the session.", SessionEnded.class);
}
