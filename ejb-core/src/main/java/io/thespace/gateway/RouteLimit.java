package io.thespace.gateway;

import io.thespace.configuration.Rate;
import io.thespace.limit.Counted;
import io.thespace.plugin.api.Actor;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import java.util.UUID;

/**
 * A rate limit of a route, over all nodes.
 *
 * @param calls the maximum in any window of {@code seconds}
 * @param seconds the length of the sliding window, up to a day
 * @param per the scope of the count: each caller's requests ({@code identity}), those of all callers of an organization
 *     ({@code organization}), or all of the route's ({@code route}); {@code identity} when left out
 */
public record RouteLimit(
        @NotNull @Min(1) @Max(1_000_000_000) Integer calls,
        @NotNull @Min(1) @Max(86_400) Integer seconds,
        @Pattern(regexp = "identity|organization|route", message = "must be identity, organization or route")
                String per) {

    RouteLimit complete() {
        return new RouteLimit(calls, seconds, Optional.ofNullable(per).orElse("identity"));
    }

    /** Returns what a caller's request counts against. */
    public Counted counted(UUID route, String prefix, Actor actor) {
        String policy = "route%s:%s:%d".formatted(prefix, per, seconds);
        String what = "route:" + route;
        Rate rate = new Rate(calls, seconds);
        return switch (per) {
            case "identity" -> Counted.byIdentity(policy, what, rate, actor);
            case "organization" -> Counted.byOrganization(policy, what, rate, actor.orgId());
            default -> Counted.byAll(policy, what, rate);
        };
    }
}
