package io.thespace.gateway.outbound;

import io.thespace.gateway.AddressRule;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.RouteOrder;
import io.thespace.gateway.RouteView;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.gateway.forward.Addresses;
import io.thespace.gateway.forward.Forwarding;
import io.thespace.gateway.forward.GatewayAnswer;
import io.thespace.gateway.forward.GatewayPath;
import io.thespace.gateway.forward.GatewayRequest;
import io.thespace.gateway.forward.LiveRoute;
import io.thespace.gateway.forward.LiveUpstream;
import io.thespace.gateway.forward.RetryBudget;
import io.thespace.gateway.forward.UpstreamTry;
import io.thespace.gateway.live.Gateway;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * A server outside that an administrator named, as this node calls it: by the rules of the gateway, with places, time limits and a
 * circuit breaker of its own. A status below 500 is an answer like any other and no failure of the server.
 */
public final class OutboundServer {

    private static final Duration SPARE = Duration.ofSeconds(2);
    private static final int CONNECT_MILLIS = 5_000;

    private final Gateway gateway;
    private final Addresses addresses;
    private final LiveUpstream upstream;
    private final LiveRoute route;
    private final GatewayPath path;
    private final Duration limit;

    OutboundServer(Gateway gateway, AddressRule rule, String name, URI url, int totalMillis, int concurrency) {
        this.gateway = gateway;
        this.addresses = new Addresses(rule);
        this.upstream = new LiveUpstream(UpstreamOrder.to(OutboundRequests.origin(url)));
        this.path = GatewayPath.read(url.getRawPath().isEmpty() ? "/" : url.getRawPath(), "");
        this.limit = Duration.ofMillis(totalMillis).plus(SPARE);
        RouteOrder order = new RouteOrder(
                        "",
                        List.of(UpstreamOrder.to(upstream.url())),
                        null,
                        List.of("POST", "DELETE"),
                        null,
                        Math.min(CONNECT_MILLIS, totalMillis),
                        totalMillis,
                        totalMillis,
                        0,
                        null,
                        null,
                        concurrency,
                        null,
                        null,
                        null)
                .complete();
        Instant now = Instant.now();
        this.route = new LiveRoute(name, RouteView.of(null, order, now, now), one -> upstream, new RetryBudget());
    }

    /** Scheme, host and port (RFC 6454): where credentials are sent. */
    public String origin() {
        return upstream.origin();
    }

    /** Returns how long it gets no requests because of too many failures; zero when it gets requests. */
    public Duration rests() {
        return upstream.rests();
    }

    /**
     * Sends a request once and waits for the response on this thread. Also resolves the server's name on it.
     *
     * @param method {@code POST} or {@code DELETE}
     * @throws Rejection {@code UPSTREAM_RESTING}, {@code UPSTREAM_FULL}, {@code UPSTREAM_UNREACHABLE}, {@code UPSTREAM_BROKEN},
     *     {@code UPSTREAM_TIMEOUT}
     */
    public void send(
            Actor actor, String method, List<Map.Entry<String, String>> headers, byte[] body, OutboundReader reader) {
        addresses.refresh(List.of(upstream.host()), Runnable::run);
        Awaited awaited = new Awaited(reader);
        Forwarding forwarding = new Forwarding(
                gateway.client(),
                addresses,
                (asked, to) -> headers,
                route,
                new GatewayRequest(
                        actor,
                        method,
                        path,
                        null,
                        List.of(),
                        body.length,
                        body.length == 0 ? null : BodyPublishers.ofByteArray(body),
                        upstream.scheme(),
                        null),
                awaited);
        forwarding.start();
        try {
            if (awaited.done.get(limit.toMillis(), TimeUnit.MILLISECONDS) == OutboundReader.Reading.ENOUGH) {
                forwarding.suffice();
            }
        } catch (ExecutionException e) {
            throw (Rejection) e.getCause();
        } catch (TimeoutException e) {
            throw new Rejection(GatewayError.UPSTREAM_TIMEOUT, late());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Rejection(GatewayError.UPSTREAM_TIMEOUT, late());
        } finally {
            forwarding.abandon();
        }
    }

    private String late() {
        return "%s did not respond in time. Try again later, or contact an administrator.".formatted(route.name());
    }

    /** Passes the response to its reader, and stops when no more of it is needed. */
    private static final class Awaited implements GatewayAnswer {

        private final OutboundReader reader;
        private final CompletableFuture<OutboundReader.Reading> done = new CompletableFuture<>();
        private List<Map.Entry<String, String>> head = new ArrayList<>();
        private IntConsumer taken;

        Awaited(OutboundReader reader) {
            this.reader = reader;
        }

        @Override
        public void came(List<Map.Entry<String, String>> headers) {
            head = headers;
        }

        @Override
        public void begin(int status, List<Map.Entry<String, String>> headers, long length, IntConsumer granted) {
            taken = granted;
            reader.begin(status, head);
        }

        @Override
        public void tried(UpstreamTry attempt) {
            // The outcome is all that counts.
        }

        @Override
        public void data(ByteBuffer bytes) {
            if (done.isDone()) {
                return;
            }
            int count = bytes.remaining();
            OutboundReader.Reading reading = reader.take(bytes);
            if (reading == OutboundReader.Reading.MORE) {
                taken.accept(count);
            } else {
                done.complete(reading);
            }
        }

        @Override
        public void end() {
            done.complete(OutboundReader.Reading.MORE);
        }

        @Override
        public void broken() {
            refuse(new Rejection(
                    GatewayError.UPSTREAM_BROKEN,
                    "The server closed the connection before the response was complete. Try again later."));
        }

        @Override
        public void refuse(Rejection rejection) {
            done.completeExceptionally(rejection);
        }
    }
}
