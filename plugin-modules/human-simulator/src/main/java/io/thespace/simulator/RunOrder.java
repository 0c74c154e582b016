package io.thespace.simulator;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * A run to make.
 *
 * @param scenario its name
 * @param users how many sessions there are; 1 when null. Not with {@code admission}
 * @param concurrency how many sessions there are at once; as many as users, up to 10, when null
 * @param seed makes the same run again; drawn when null
 * @param limitSeconds when it is stopped at the latest; 300 when null
 * @param personas who walks, in turn; somebody without traits when null. Not with {@code admission}
 * @param admission when given, the run waits for personas to be admitted and is then started
 */
public record RunOrder(
        @NotNull @Size(min = 1, max = 63) String scenario,
        @Min(1) @Max(1000) Integer users,
        @Min(1) @Max(50) Integer concurrency,
        Long seed,
        @Min(1) @Max(3600) Integer limitSeconds,
        @Size(max = 1000) List<@NotNull UUID> personas,
        @Valid Places admission) {

    /**
     * Whom a run has places for.
     *
     * @param capacity how many
     * @param eligibility rules, all of which have to hold; null for none
     */
    public record Places(
            @NotNull @Min(1) @Max(1000) Integer capacity, @Size(max = 20) List<@Valid @NotNull Rule> eligibility) {}

    int sessions() {
        return users == null ? 1 : users;
    }

    int atOnce() {
        int most = admission == null ? sessions() : admission.capacity();
        return concurrency == null ? Math.min(10, most) : concurrency;
    }
}
