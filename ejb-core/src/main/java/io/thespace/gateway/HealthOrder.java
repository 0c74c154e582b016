package io.thespace.gateway;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/**
 * The configuration of a node's health checks of a route's upstreams.
 *
 * @param path the path requested at the upstream's scheme, host and port, with an optional query, for example {@code
 *     /health}
 * @param intervalSeconds the pause between two checks; 10 when left out
 * @param timeoutMillis the time limit of a check, including the connection; 2000 when left out
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
