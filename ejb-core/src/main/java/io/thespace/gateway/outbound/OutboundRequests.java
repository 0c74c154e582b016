package io.thespace.gateway.outbound;

import io.thespace.gateway.AddressRule;
import io.thespace.gateway.RouteOrder;
import io.thespace.gateway.RouteView;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.gateway.forward.Addresses;
import io.thespace.gateway.forward.CollectedAnswer;
import io.thespace.gateway.forward.Forwarding;
import io.thespace.gateway.forward.GatewayPath;
import io.thespace.gateway.forward.GatewayRequest;
import io.thespace.gateway.forward.LiveRoute;
import io.thespace.gateway.forward.LiveUpstream;
import io.thespace.gateway.forward.RetryBudget;
import io.thespace.gateway.live.Gateway;
import io.thespace.plugin.api.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends requests of the platform's own to servers that organizations name, by the rules of the gateway: to addresses that were
 * checked, without redirects, within time limits, and without reading an answer of any length.
 */
@ApplicationScoped
public class OutboundRequests {

    private static final int MAX_BEGINNING_BYTES = 1_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int TOTAL_MILLIS = 15_000;
    private static final Duration SPARE = Duration.ofSeconds(2);
    private static final int MAX_AT_ONCE = 1_000;

    private Gateway gateway;
    private AddressRule rule;

    OutboundRequests() {}

    @Inject
    OutboundRequests(Gateway gateway, AddressRule rule) {
        this.gateway = gateway;
        this.rule = rule;
    }

    /** Returns the error of a URL; empty for none. It may have a query. It may have a query. */
    public Optional<String> fault(String url) {
        int query = url.indexOf('?');
        String fault = RouteOrder.fault(query < 0 ? url : url.substring(0, query), rule);
        if (fault == null && query >= 0 && !url.substring(query + 1).matches("[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*")) {
            fault = "must have a query of letters, digits and percent-encoded characters";
        }
        return Optional.ofNullable(fault);
    }

    /**
     * Sends a request once and waits for the response, up to some 20 seconds. Resolves its server's name on this
     * thread.
     */
    public OutboundAnswer post(OutboundRequest request) {
        long began = System.nanoTime();
        URI url = request.url();
        LiveUpstream upstream = new LiveUpstream(UpstreamOrder.to(origin(url)));
        Addresses addresses = new Addresses(rule);
        addresses.refresh(List.of(upstream.host()), Runnable::run);
        CollectedAnswer collected = new CollectedAnswer(MAX_BEGINNING_BYTES);
        AtomicBoolean sent = new AtomicBoolean();
        Forwarding forwarding = new Forwarding(
                gateway.client(),
                addresses,
                (asked, to) -> request.headers(),
                route(request.name(), upstream),
                new GatewayRequest(
                        Actor.platform(null, request.name()),
                        "POST",
                        GatewayPath.read(url.getRawPath().isEmpty() ? "/" : url.getRawPath(), ""),
                        url.getRawQuery(),
                        List.of(),
                        request.body().length,
                        subscriber -> {
                            sent.set(true);
                            BodyPublishers.ofByteArray(request.body()).subscribe(subscriber);
                        },
                        url.getScheme(),
                        null),
                collected);
        forwarding.start();
        collected.await(Duration.ofMillis(TOTAL_MILLIS).plus(SPARE));
        // The unread rest of the response is not needed.
        forwarding.abandon();
        Integer status = collected.status();
        OutboundAnswer.Failure failure =
                sent.get() ? OutboundAnswer.Failure.UNANSWERED : OutboundAnswer.Failure.UNREACHABLE;
        return new OutboundAnswer(
                status,
                status == null ? failure : null,
                collected.retryAfter(),
                collected.text(),
                Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    /**
     * A server for repeated calls.
     *
     * @param name its name in messages
     * @param url that {@link #fault} accepts; without a query
     * @param totalMillis the time limit of a call
     * @param concurrency the maximum of concurrent calls from this node
     */
    public OutboundServer server(String name, URI url, int totalMillis, int concurrency) {
        return new OutboundServer(gateway, rule, name, url, totalMillis, concurrency);
    }

    /** Scheme, host and port of a URL. */
    public static String origin(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private static LiveRoute route(String name, LiveUpstream upstream) {
        RouteOrder order = new RouteOrder(
                        "",
                        List.of(UpstreamOrder.to(upstream.url())),
                        null,
                        List.of("POST"),
                        null,
                        CONNECT_MILLIS,
                        TOTAL_MILLIS,
                        TOTAL_MILLIS,
                        0,
                        null,
                        null,
                        MAX_AT_ONCE,
                        null,
                        null,
                        null)
                .complete();
        Instant now = Instant.now();
        return new LiveRoute(name, RouteView.of(null, order, now, now), one -> upstream, new RetryBudget());
    }
}
