package io.thespace.simulator;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * Request to create a run.
 *
 * @param scenario its name
 * @param users the number of sessions; 1 when null. Not with {@code admission}
 * @param concurrency the maximum of concurrent sessions; as many as users, up to 10, when null
 * @param seed reproduces a run; drawn when null
 * @param limitSeconds its time limit; 300 when null
 * @param personas the personas, in turn; one without traits when null. Not with {@code admission}
 * @param admission when given, the run waits for personas to be admitted and is then started
 */
public record RunOrder(
        @NotNull @Size(min = 1, max = 63) String scenario,
        @Min(1) @Max(1000) Integer users,
        @Min(1) @Max(RunOrder.MAX_CONCURRENCY) Integer concurrency,
        Long seed,
        @Min(1) @Max(3600) Integer limitSeconds,
        @Size(max = 1000) List<@NotNull UUID> personas,
        @Valid Places admission) {

    static final int MAX_CONCURRENCY = 50;

    /**
     * The places of a run.
     *
     * @param capacity the number of places
     * @param eligibility rules, all of which must be satisfied; null for none
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
