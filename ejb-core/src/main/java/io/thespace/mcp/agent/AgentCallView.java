package io.thespace.mcp.agent;

import io.thespace.gateway.model.ModelUsage;
import java.util.List;
import java.util.UUID;

/**
 * An agent's answer.
 *
 * @param sessionId the session in which the conversation is recorded
 * @param toolCalls the tools that the model called, in order
 * @param usage the tokens of all requests to the model together
 */
public record AgentCallView(String output, UUID sessionId, List<AgentToolCallView> toolCalls, ModelUsage usage) {

    /** For the documentation. */
    public static final AgentCallView EXAMPLE = new AgentCallView(
            "This document is about...",
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e60"),
            List.of(AgentToolCallView.EXAMPLE),
            new ModelUsage(812L, 64L));
}
