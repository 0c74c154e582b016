package io.thespace.agent;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** What is to change about an agent; what is null stays. */
public record AgentChange(
        @Size(min = 1, max = 200) @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") String name,
        @Size(max = 2000) String description,
        @Size(min = 1, max = 200) @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") String model,
        @Size(max = 100)
                List<@NotNull @Pattern(regexp = AgentOrder.TOOL, message = AgentOrder.TOOL_WORDS) String> tools,
        @Valid Budget budget) {}
