package io.thespace.mcp.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Request to an agent.
 *
 * @param agentId the agent's id or its name
 * @param input the user's text
 * @param context data for the model, up to 7,000 characters as JSON; null for none. {@code session_id} continues a
 *     session; {@code user_id} identifies the person that a new session is about.
 */
public record AgentCallOrder(
        @NotBlank @Size(max = 200) String agentId,
        @NotBlank @Size(max = 100_000) String input,
        @Nullable ObjectNode context) {

    /** For the documentation. */
    public static final AgentCallOrder EXAMPLE = new AgentCallOrder(
            "my-agent",
            "Summarize this document.",
            JsonNodeFactory.instance.objectNode().put("user_id", "abc123"));

    /** Without the texts. */
    @Override
    public String toString() {
        return "AgentCallOrder[" + agentId + "]";
    }
}
