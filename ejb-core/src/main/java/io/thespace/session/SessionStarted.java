package io.thespace.session;

import java.util.UUID;

/** A session began. Says nothing about anybody. */
record SessionStarted(UUID sessionId, UUID agentId) {

    static final String TYPE = "session_started";
}
