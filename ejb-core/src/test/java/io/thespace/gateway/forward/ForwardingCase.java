package io.thespace.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.configuration.Network;
import io.thespace.gateway.AddressRule;
import io.thespace.gateway.HeaderRule;
import io.thespace.gateway.RouteOrder;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Role;
import java.nio.ByteBuffer;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Base of tests of requests to upstreams: a client whose time limits are enforced, and routes. */
abstract class ForwardingCase {

    private static final Actor ADA = new Actor(
            UUID.randomUUID(), UUID.randomUUID(), Role.USER, null, "request-1", "session-1", "192.0.2.7", false);

    private final Addresses addresses = new Addresses(new AddressRule(List.of(Network.read("127.0.0.1/32"))));
    private final Map<UpstreamOrder, LiveUpstream> upstreams = new HashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ScheduledExecutorService sweep = Executors.newSingleThreadScheduledExecutor();
    private UpstreamClient client;
    private ScheduledFuture<?> sweeping;

    UpstreamClient client() {
        return new UpstreamClient();
    }

    @BeforeEach
    void start() {
        client = client();
        client.start();
        sweeping = sweep.scheduleWithFixedDelay(client::sweep, 20, 20, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        sweeping.cancel(true);
        sweep.shutdownNow();
        client.stop();
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    /**
     * Stops the sweep for late and idle connections. While the pool checks an idle connection, a request for one gets a
     * new one instead. While the pool looks at an idle connection, a request that asks for one gets a new one instead.
     */
    void lookNoMore() throws InterruptedException {
        sweep.shutdown();
        assertThat(sweep.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    /** Is closed after the test. */
    <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    Behaviour upstream(Behaviour.Deed deed) throws Exception {
        return opened(new Behaviour(deed));
    }

    Map<UpstreamOrder, LiveUpstream> upstreams() {
        return upstreams;
    }

    LiveRoute route(String... urls) {
        return route(2, 10_000, 10_000, 20_000, 64, urls);
    }

    LiveRoute route(int retries, int connect, int firstByte, int total, int places, String... urls) {
        return route(
                retries,
                connect,
                firstByte,
                total,
                places,
                Arrays.stream(urls).map(UpstreamOrder::to).toList());
    }

    LiveRoute route(int retries, int connect, int firstByte, int total, int places, List<UpstreamOrder> to) {
        RouteOrder order = TestRoutes.order(
                "prefix",
                "/r",
                "upstreams",
                to,
                "connect_millis",
                connect,
                "first_byte_millis",
                firstByte,
                "total_millis",
                total,
                "retries",
                retries,
                "concurrency",
                places,
                "request_headers",
                List.of(new HeaderRule("X-Set", "yes"), new HeaderRule("X-Gone", null)),
                "response_headers",
                List.of(new HeaderRule("X-Inner", null)));
        return TestRoutes.live(order, upstreams, addresses);
    }

    Answered send(LiveRoute route, String method, String... headers) {
        return send(route, method, 0, null, false, one -> {}, headers);
    }

    Answered send(
            LiveRoute route,
            String method,
            long length,
            Flow.Publisher<ByteBuffer> body,
            boolean slow,
            Consumer<Forwarding> then,
            String... headers) {
        Answered answered = new Answered(slow);
        List<Map.Entry<String, String>> sent = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            sent.add(new SimpleImmutableEntry<>(headers[i], headers[i + 1]));
        }
        Forwarding forwarding = new Forwarding(
                client,
                addresses,
                (request, upstream) -> ForwardedHeaders.toUpstream(request, route, "token-for-" + upstream.origin()),
                route,
                new GatewayRequest(
                        ADA,
                        method,
                        GatewayPath.read("/api/v1/gateway/r/today%20x", "/api/v1/gateway"),
                        "a=1&b=%20",
                        sent,
                        length,
                        body,
                        "http",
                        "space.example.org:8080"),
                answered);
        forwarding.start();
        then.accept(forwarding);
        return answered;
    }

    void refused(Answered answered, ErrorCode code) throws Exception {
        answered.done();
        assertThat(answered.refusal).isNotNull();
        assertThat(answered.refusal.code()).isEqualTo(code);
        assertThat(answered.refusal.getMessage()).doesNotContain("127.0.0.1", "Exception");
        assertThat(upstreams.values())
                .allSatisfy(one -> assertThat(one.underWay()).isZero());
    }
}
