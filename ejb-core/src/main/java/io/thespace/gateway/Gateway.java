package io.thespace.gateway;

import io.thespace.identity.UpstreamTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Carries requests by the routes that are in force on this node. */
@ApplicationScoped
public class Gateway {

    private final UpstreamTokens tokens;
    private final Addresses addresses;
    private volatile UpstreamClient client;
    private volatile RouteMap routes = RouteMap.NONE;
    private Map<String, LiveUpstream> upstreams = Map.of();
    private Map<String, RetryBudget> budgets = Map.of();

    /** For the proxy. */
    Gateway() {
        this(null, null);
    }

    @Inject
    Gateway(UpstreamTokens tokens, AddressRule rule) {
        this.tokens = tokens;
        this.addresses = new Addresses(rule);
    }

    /** The route to a path. */
    public Optional<LiveRoute> find(GatewayPath path) {
        return routes.find(path.segments());
    }

    /** Sends a request on its way; never waits, and never fails but through the answer. */
    public Forwarding forward(LiveRoute route, GatewayRequest request, GatewayAnswer answer) {
        Forwarding forwarding = new Forwarding(
                client, addresses, (asked, audience) -> tokens.issue(asked.actor(), audience), route, request, answer);
        forwarding.start();
        return forwarding;
    }

    /** Lets requests that come from now on see these routes; those under way keep theirs. */
    synchronized void show(List<RouteView> views, Executor executor) {
        Map<String, LiveUpstream> kept = new HashMap<>();
        Map<String, RetryBudget> budgeted = new HashMap<>();
        List<LiveRoute> live = views.stream()
                .map(view -> new LiveRoute(
                        view,
                        url -> {
                            String key = view.id() + " " + url;
                            LiveUpstream before = upstreams.get(key);
                            return kept.computeIfAbsent(key, k -> before == null ? new LiveUpstream(url) : before);
                        },
                        budgeted.computeIfAbsent(
                                view.id().toString(), id -> budgets.getOrDefault(id, new RetryBudget()))))
                .toList();
        upstreams = kept;
        budgets = budgeted;
        resolve(executor);
        routes = new RouteMap(live);
    }

    /** Looks again where the upstreams are. */
    synchronized void resolve(Executor executor) {
        addresses.refresh(
                upstreams.values().stream().map(LiveUpstream::host).distinct().toList(), executor);
    }

    void sweep() {
        client.sweep();
    }

    void start() {
        client = new UpstreamClient();
        client.start();
    }

    void stop() {
        client.stop();
    }
}
