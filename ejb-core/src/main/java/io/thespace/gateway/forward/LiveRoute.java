package io.thespace.gateway.forward;

import io.thespace.gateway.GatewayError;
import io.thespace.gateway.HeaderRule;
import io.thespace.gateway.HealthOrder;
import io.thespace.gateway.RouteView;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.limit.Counted;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** A route as this node carries requests by it. */
public final class LiveRoute {

    private record Choice(LiveUpstream upstream, int weight) {}

    private final String name;
    private final RouteView route;
    private final List<Choice> choices;
    private final Role least;
    private final int depth;
    private final RetryBudget budget;

    /** @param upstreams gives the upstream of an order, the same one as before the route was changed */
    public LiveRoute(RouteView route, Function<UpstreamOrder, LiveUpstream> upstreams, RetryBudget budget) {
        this("the route " + route.prefix(), route, upstreams, budget);
    }

    /** @param name its name in messages to callers */
    public LiveRoute(
            String name, RouteView route, Function<UpstreamOrder, LiveUpstream> upstreams, RetryBudget budget) {
        this.name = name;
        this.route = route;
        this.choices = route.upstreams().stream()
                .map(upstream -> new Choice(upstreams.apply(upstream), upstream.weight()))
                .toList();
        this.least = route.roles().stream()
                .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
                .min(Comparator.naturalOrder())
                .orElse(Role.ADMIN);
        this.depth = (int) route.prefix().chars().filter(c -> c == '/').count();
        this.budget = budget;
    }

    /** The methods it takes, as an {@code Allow} header lists them. */
    public String methods() {
        return String.join(", ", new TreeSet<>(route.methods()));
    }

    /** Returns the prefix of all its paths. */
    public String prefix() {
        return route.prefix();
    }

    /** Returns what a caller's request counts against in addition to the caller's own limits. */
    public List<Counted> limits(Actor actor) {
        return route.limits().stream()
                .map(limit -> limit.counted(route.id(), prefix(), actor))
                .toList();
    }

    /** The largest body that it takes, in bytes. */
    public long bodyLimitBytes() {
        return route.bodyLimitBytes();
    }

    /**
     * Checks that the route accepts this method and caller.
     *
     * @throws Rejection {@code METHOD_NOT_ROUTED}, {@code ROLE_NOT_ROUTED}
     */
    public void admit(String method, Actor actor) {
        if (!route.methods().contains(method)) {
            throw new Rejection(
                    GatewayError.METHOD_NOT_ROUTED,
                    "%s does not take %s; it takes %s.".formatted(capital(), method, methods()));
        }
        if (!opens(actor)) {
            throw new Rejection(
                    GatewayError.ROLE_NOT_ROUTED,
                    "%s needs the role %s; you are signed in as %s."
                            .formatted(capital(), least.group(), actor.role().group()));
        }
    }

    /** Whether a caller's role may use it. */
    public boolean opens(Actor actor) {
        return actor.role().covers(least);
    }

    /** Returns its name in messages to callers. */
    public String name() {
        return name;
    }

    private String capital() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    public int depth() {
        return depth;
    }

    int connectMillis() {
        return route.connectMillis();
    }

    public int firstByteMillis() {
        return route.firstByteMillis();
    }

    public int totalMillis() {
        return route.totalMillis();
    }

    /** Returns the health check configuration; null without health checks. */
    HealthOrder health() {
        return route.health();
    }

    public boolean is(UUID id) {
        return route.id().equals(id);
    }

    /** Returns the states of its upstreams. */
    public List<UpstreamView> view() {
        return choices.stream()
                .map(choice -> {
                    LiveUpstream one = choice.upstream();
                    boolean checked = route.health() != null && one.health().checkedAt() != null;
                    return new UpstreamView(
                            one.url(),
                            choice.weight(),
                            !checked ? "unchecked" : one.health().up() ? "up" : "down",
                            checked ? one.health().checkedAt() : null,
                            checked ? one.health().fault() : null,
                            rests(one).toMillis(),
                            one.underWay());
                })
                .toList();
    }

    /** The time until the upstream gets requests again. */
    private Duration rests(LiveUpstream one) {
        Duration failing = one.breaker().rests();
        Duration down = route.health() == null ? Duration.ZERO : one.health().rests();
        return failing.compareTo(down) > 0 ? failing : down;
    }

    private boolean well(LiveUpstream one) {
        return route.health() == null || one.health().up();
    }

    public int cacheSeconds() {
        return route.cacheSeconds();
    }

    /** Returns a tag that changes with every change of the route and differs between routes. */
    public String version() {
        return route.id() + " " + route.changedAt();
    }

    int retries() {
        return route.retries();
    }

    List<HeaderRule> requestHeaders() {
        return route.requestHeaders();
    }

    List<HeaderRule> responseHeaders() {
        return route.responseHeaders();
    }

    RetryBudget budget() {
        return budget;
    }

    public List<LiveUpstream> upstreams() {
        return choices.stream().map(Choice::upstream).toList();
    }

    /**
     * Acquires a slot at one of the upstreams, in proportion to their weights; at upstreams already tried only when
     * there is no other. Never blocks. No request waits for a place.
     *
     * @throws Rejection {@code UPSTREAM_RESTING}, {@code UPSTREAM_FULL}
     */
    LiveUpstream.Place enter(Set<LiveUpstream> tried) {
        List<Choice> left = new ArrayList<>();
        List<Choice> last = new ArrayList<>();
        choices.forEach(choice -> (tried.contains(choice.upstream()) ? last : left).add(choice));
        boolean full = false;
        for (List<Choice> group : List.of(left, last)) {
            while (!group.isEmpty()) {
                LiveUpstream one = group.remove(any(group)).upstream();
                boolean free = well(one) && one.enter(route.concurrency());
                if (!free) {
                    full = full || well(one);
                    continue;
                }
                Optional<LiveUpstream.Place> place = one.admit();
                if (place.isPresent()) {
                    return place.get();
                }
            }
        }
        if (full) {
            throw Rejection.later(
                    GatewayError.UPSTREAM_FULL,
                    "%s has the maximum number of concurrent requests. Try again in a moment.".formatted(capital()),
                    Duration.ofSeconds(1));
        }
        Duration rest = choices.stream()
                .map(choice -> rests(choice.upstream()))
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        throw Rejection.later(
                GatewayError.UPSTREAM_RESTING,
                "The upstream of %s is unavailable after repeated failures. Try again later.".formatted(name),
                rest.plusMillis(999));
    }

    private static int any(List<Choice> group) {
        int sum = group.stream().mapToInt(Choice::weight).sum();
        int point = ThreadLocalRandom.current().nextInt(sum);
        int at = 0;
        while (point >= group.get(at).weight()) {
            point -= group.get(at).weight();
            at++;
        }
        return at;
    }
}
