package io.thespace.session;

import java.util.UUID;

/**
 * A session ended. Says nothing about anybody.
 *
 * @param status {@code terminated} or {@code timed_out}
 * @param messages how many it has
 */
record SessionEnded(UUID sessionId, UUID agentId, String status, int messages) {

    static final String TYPE = "session_ended";
}
