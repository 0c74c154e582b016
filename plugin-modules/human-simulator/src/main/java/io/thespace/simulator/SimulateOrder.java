package io.thespace.simulator;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * A small run to make and to wait for.
 *
 * @param users 1 when null
 * @param seed makes the same run again; drawn when null
 * @param personas who walks, in turn; somebody without traits when null
 */
public record SimulateOrder(
        @NotNull @Size(min = 1, max = 63) String scenario,
        @Min(1) @Max(10) Integer users,
        Long seed,
        @Size(max = 10) List<@NotNull UUID> personas) {

    RunOrder run(int limitSeconds) {
        return new RunOrder(scenario, users, null, seed, limitSeconds, personas, null);
    }
}
