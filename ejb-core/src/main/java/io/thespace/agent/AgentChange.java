package io.thespace.agent;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A change of an agent, as a {@link io.thespace.json.MergePatch}.
 *
 * @param name cannot be cleared
 * @param model cannot be cleared
 * @param tools when cleared, none
 * @param budget a merge patch itself; when cleared, there is none
 */
public record AgentChange(
        Optional<@NotBlank @Size(max = 200) String> name,
        Optional<@Size(max = 2000) String> description,
        Optional<@NotBlank @Size(max = 200) String> model,
        Optional<
                        @Size(max = 100) List<
                                @NotNull @Pattern(regexp = AgentOrder.TOOL, message = AgentOrder.TOOL_WORDS) String>>
                tools,
        Optional<@Valid BudgetChange> budget) {

    /** For the documentation. */
    @SuppressWarnings("NullOptional") // null is what a merge patch leaves out
    public static final AgentChange EXAMPLE = new AgentChange(
            null,
            null,
            Optional.of("gpt-4o"),
            null,
            Optional.of(new BudgetChange(Optional.of(new BigDecimal("300.00")), null)));
}
