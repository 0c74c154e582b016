package io.thespace.simulator;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A scenario: the steps of personas, in order.
 *
 * @param name of the scenario in its organization
 * @param description a free text; null for none
 * @param accounts the number of funded USD accounts that each user gets before it begins, as {@code account_1} and
 *     {@code account_2}; null for none
 */
public record ScenarioOrder(
        @NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,62}") String name,
        @Size(max = 1000) String description,
        @Min(0) @Max(2) Integer accounts,
        @NotNull @Size(min = 1, max = 50) List<@Valid @NotNull Step> steps) {

    int fundedAccounts() {
        return accounts == null ? 0 : accounts;
    }
}
