package io.thespace.gateway;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

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

    /** What is wrong with a URL; empty for nothing. It may have a query. */
    public Optional<String> fault(String url) {
        int query = url.indexOf('?');
        String fault = RouteOrder.fault(query < 0 ? url : url.substring(0, query), rule);
        if (fault == null && query >= 0 && !url.substring(query + 1).matches("[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*")) {
            fault = "must have a query of letters, digits and percent-encoded characters";
        }
        return Optional.ofNullable(fault);
    }

    /** Sends a request once and waits for the answer, up to some 20 seconds. Looks its server's name up on this thread. */
    public OutboundAnswer post(OutboundRequest request) {
        long began = System.nanoTime();
        URI url = request.url();
        LiveUpstream upstream = new LiveUpstream(UpstreamOrder.to(origin(url)));
        Addresses addresses = new Addresses(rule);
        addresses.refresh(List.of(upstream.host()), Runnable::run);
        Collected collected = new Collected();
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
                            collected.sent = true;
                            BodyPublishers.ofByteArray(request.body()).subscribe(subscriber);
                        },
                        url.getScheme(),
                        null),
                collected);
        forwarding.start();
        try {
            collected.done.get(TOTAL_MILLIS + SPARE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // What came until now is all.
        }
        // What of the answer is not read yet is not needed.
        forwarding.abandon();
        return collected.answer(Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    private static String origin(URI url) {
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

    /** Keeps the beginning of an answer. */
    private static final class Collected implements GatewayAnswer {

        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        private Integer status; // guarded by this
        private volatile boolean sent;

        @Override
        public synchronized void begin(
                int code, List<Map.Entry<String, String>> headers, long length, IntConsumer taken) {
            status = code;
        }

        @Override
        public void tried(UpstreamTry attempt) {
            // The one attempt is what is returned.
        }

        @Override
        public synchronized void data(ByteBuffer bytes) {
            byte[] part = new byte[Math.min(bytes.remaining(), MAX_BEGINNING_BYTES - beginning.size())];
            bytes.get(part);
            beginning.writeBytes(part);
            if (beginning.size() == MAX_BEGINNING_BYTES) {
                done.complete(null);
            }
        }

        @Override
        public void end() {
            done.complete(null);
        }

        @Override
        public void broken() {
            done.complete(null);
        }

        @Override
        public void refuse(Rejection rejection) {
            done.complete(null);
        }

        private synchronized OutboundAnswer answer(long millis) {
            OutboundAnswer.Failure failure =
                    sent ? OutboundAnswer.Failure.UNANSWERED : OutboundAnswer.Failure.UNREACHABLE;
            String text = beginning.toString(StandardCharsets.UTF_8).replace("\0", "");
            return new OutboundAnswer(status, status == null ? failure : null, text, millis);
        }
    }
}
