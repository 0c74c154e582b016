package io.thespace.agent;

import io.thespace.json.MergePatch;
import io.thespace.plugin.api.Rejection;
import jakarta.annotation.Nullable;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.Optional;

/** A change of a {@link Budget}, as a {@link MergePatch}. */
public record BudgetChange(
        Optional<@NotNull @DecimalMin("0") @DecimalMax("1000000000000000") BigDecimal> amount,
        Optional<@NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be a currency's three letters") String>
                currency) {

    /**
     * The budget that it leads to.
     *
     * @param before null for none
     * @throws Rejection {@code INVALID_BUDGET}
     */
    Budget of(@Nullable Budget before) {
        return new Budget(
                        member("budget.amount", before == null ? null : before.amount(), amount),
                        member("budget.currency", before == null ? null : before.currency(), currency))
                .checked();
    }

    private static <T> T member(String name, @Nullable T before, Optional<T> change) {
        T after = MergePatch.merged(before, change);
        if (after == null) {
            throw Rejection.of(
                    AgentError.INVALID_BUDGET, name, name + " is needed, since the agent has no budget that it is in.");
        }
        return after;
    }
}
