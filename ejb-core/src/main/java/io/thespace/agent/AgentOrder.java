package io.thespace.agent;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Request to create an agent.
 *
 * @param model the name of its language model on the platform
 * @param tools the tools that it may use; null for none
 * @param budget null for none
 */
public record AgentOrder(
        @NotBlank @Size(max = 200) String name,
        @Size(max = 2000) String description,
        @NotBlank @Size(max = 200) String model,
        @Size(max = 100)
                List<@NotNull @Pattern(regexp = AgentOrder.TOOL, message = AgentOrder.TOOL_WORDS) String> tools,
        @Valid Budget budget) {

    /** For the documentation. */
    public static final AgentOrder EXAMPLE = new AgentOrder(
            "support",
            "Answers customers' questions.",
            "gpt-4o-mini",
            List.of("search_orders", "refund"),
            Budget.EXAMPLE);

    static final String TOOL = "[A-Za-z0-9_.:/-]{1,128}";
    static final String TOOL_WORDS = "must be a tool's name";
}
