package io.thespace.gateway;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/**
 * How each node asks a route's upstreams whether they are well.
 *
 * @param path what it gets at the upstream's scheme, host and port, with a query if need be, for example {@code /health}
 * @param intervalSeconds how long it waits between two checks; 10 when left out
 * @param timeoutMillis how long a check may take, connecting included; 2000 when left out
 */
public record HealthOrder(
        @NotNull
                @Size(max = 500)
                @Pattern(
                        regexp = "/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*",
                        message = "must be a path that begins with a slash, such as /health")
                String path,
        @Min(1) @Max(3600) Integer intervalSeconds,
        @Min(10) @Max(60_000) Integer timeoutMillis) {

    HealthOrder complete() {
        return new HealthOrder(
                path,
                Optional.ofNullable(intervalSeconds).orElse(10),
                Optional.ofNullable(timeoutMillis).orElse(2_000));
    }
}
