package io.thespace.simulator;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * Request to execute a small run and to wait for its result.
 *
 * @param users 1 when null
 * @param seed reproduces a run; drawn when null
 * @param personas the personas, in turn; one without traits when null
 */
public record SimulateOrder(
        @NotNull @Size(min = 1, max = 63) String scenario,
        @Min(1) @Max(SimulateOrder.MAX_USERS) Integer users,
        Long seed,
        @Size(max = 10) List<@NotNull UUID> personas) {

    static final int MAX_USERS = 10;

    RunOrder run(int limitSeconds) {
        return new RunOrder(scenario, users, null, seed, limitSeconds, personas, null);
    }
}
