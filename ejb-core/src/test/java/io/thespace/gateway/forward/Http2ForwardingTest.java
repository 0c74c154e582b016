package io.thespace.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.identity.TestCertificate;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to upstreams with which HTTP/2 is spoken, over real sockets. */
class Http2ForwardingTest extends ForwardingCase {

    @TempDir
    static Path folder;

    private static KeyStore keys;

    @BeforeAll
    static void certificate() throws Exception {
        keys = TestCertificate.create(folder, "upstream");
    }

    @Override
    UpstreamClient client() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(keys);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return new UpstreamClient(tls);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static SslContext tls() throws Exception {
        return SslContextBuilder.forServer((PrivateKey) keys.getKey("a", TestCertificate.PASSWORD), (X509Certificate)
                        keys.getCertificate("a"))
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        "h2"))
                .build();
    }

    private Http2Behaviour upstream2(Http2Behaviour.Deed deed) throws Exception {
        return opened(new Http2Behaviour(null, deed));
    }

    private LiveRoute route2(int retries, String... urls) {
        return route2(retries, 10_000, 20_000, urls);
    }

    private LiveRoute route2(int retries, int firstByte, int total, String... urls) {
        return route(
                retries,
                10_000,
                firstByte,
                total,
                64,
                Arrays.stream(urls)
                        .map(url -> new UpstreamOrder(url, 1, UpstreamOrder.HTTP_2))
                        .toList());
    }

    @Test
    void aRequestGoesOnAsTheGatewaysOwn() throws Exception {
        Http2Behaviour there = upstream2((head, body, answer) -> answer.head(
                        203, false, "content-length", "5", "set-cookie", "a=b", "x-inner", "1", "x-kept", "1")
                .body("hello", true));
        Answered answered = send(
                        route2(0, there.url()),
                        "GET",
                        "Accept",
                        "text/plain",
                        "Authorization",
                        "Bearer mine",
                        "Connection",
                        "close, X-Mine",
                        "X-Mine",
                        "1",
                        "Upgrade",
                        "h2c")
                .done();

        assertThat(answered.whole).isTrue();
        assertThat(answered.status).isEqualTo(203);
        assertThat(answered.length).isEqualTo(5);
        assertThat(answered.body()).isEqualTo("hello");
        assertThat(answered.headers.toString()).contains("x-kept=1").doesNotContain("x-inner", "set-cookie");
        assertThat(there.heads).singleElement().satisfies(head -> {
            assertThat(head.path()).hasToString("/base/today%20x?a=1&b=%20");
            assertThat(head.authority()).hasToString(there.url().replaceAll("http://|/base", ""));
            assertThat(head.get("authorization"))
                    .hasToString("Bearer token-for-" + there.url().replace("/base", ""));
            assertThat(head.get("x-request-id")).hasToString("request-1");
            assertThat(head.names().toString()).doesNotContain("connection", "x-mine", "upgrade", " host");
        });
    }

    @Test
    void bodiesFlowBothWaysAndConnectionsAreKept() throws Exception {
        lookNoMore();
        Http2Behaviour there =
                upstream2((head, body, answer) -> answer.head(200, false).body(body + "end", true));
        LiveRoute route = route2(0, there.url());
        String large = "0123456789".repeat(30_000);
        for (int i = 0; i < 3; i++) {
            Answered answered = send(
                            route,
                            "POST",
                            large.length(),
                            BodyPublishers.ofString(large, StandardCharsets.UTF_8),
                            false,
                            one -> {})
                    .done();
            assertThat(answered.body()).isEqualTo(large + "end");
            assertThat(answered.length).isEqualTo(-1);
        }
        assertThat(there.connections).hasValue(1);
    }

    @Test
    void eventsArriveBeforeTheEnd() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        Http2Behaviour there = upstream2((head, body, answer) -> {
            answer.head(200, false, "content-type", "text/event-stream").body("data: 1\n\n", false);
            new Thread(() -> {
                        try {
                            assertThat(more.await(20, TimeUnit.SECONDS)).isTrue();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        answer.body("data: 2\n\n", true);
                    })
                    .start();
        });
        Answered answered = send(route2(0, there.url()), "GET");
        assertThat(answered.first.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(answered.whole).isFalse();
        more.countDown();
        assertThat(answered.done().body()).isEqualTo("data: 1\n\ndata: 2\n\n");
    }

    @Test
    void ofAFloodOnlyAsMuchComesAsIsTaken() throws Exception {
        Http2Behaviour there =
                upstream2((head, body, answer) -> answer.head(200, false).body("x".repeat(10_000_000), true));
        Answered answered = send(route2(0, 10_000, 3_000, there.url()), "GET", 0, null, true, one -> {});
        assertThat(answered.done().broken).isTrue();
        assertThat(answered.size()).isLessThan(200_000);
    }

    @Test
    void whoeverLiesAboutTheLengthIsNotBelieved() throws Exception {
        Http2Behaviour there = upstream2((head, body, answer) -> answer.head(
                        200, false, "content-length", head.path().toString().contains("more") ? "3" : "10")
                .body("hello", true));
        assertThat(send(route2(0, there.url()), "GET").done().broken).isTrue();
        assertThat(send(route2(0, there.url() + "/more"), "GET").done().broken).isTrue();
    }

    @Test
    void whatWasRefusedUntouchedIsSentAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Http2Behaviour there = upstream2((head, body, answer) -> {
            if (calls.incrementAndGet() == 1) {
                answer.reset(Http2Error.REFUSED_STREAM);
            } else {
                answer.head(204, true);
            }
        });
        assertThat(send(route2(1, there.url()), "POST").done().status).isEqualTo(204);
        assertThat(calls).hasValue(2);
    }

    @Test
    void whatMayHaveBeenDoneIsNot() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Http2Behaviour there = upstream2((head, body, answer) -> {
            calls.incrementAndGet();
            answer.reset(Http2Error.INTERNAL_ERROR);
        });
        refused(send(route2(1, there.url()), "POST"), GatewayError.UPSTREAM_BROKEN);
        assertThat(calls).hasValue(1);
    }

    @Test
    void whoBreaksOffAmidTheBodyDoesNotPassForTheWhole() throws Exception {
        AtomicReference<Http2Behaviour.Answer> under = new AtomicReference<>();
        Http2Behaviour there = upstream2((head, body, answer) -> {
            under.set(answer);
            answer.head(200, false).body("hel", false);
        });
        Answered answered = send(route2(0, there.url()), "GET");
        assertThat(answered.first.await(20, TimeUnit.SECONDS)).isTrue();
        under.get().cut();
        assertThat(answered.done().broken).isTrue();
    }

    @Test
    void aHangingOneIsGivenUp() throws Exception {
        Http2Behaviour there = upstream2((head, body, answer) -> {});
        refused(send(route2(0, 600, 20_000, there.url()), "GET"), GatewayError.UPSTREAM_TIMEOUT);
    }

    @Test
    void whoSpeaksOnlyTheOlderProtocolIsRefused() throws Exception {
        Behaviour there = upstream(
                (head, in, out, socket) -> Behaviour.write(out, "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"));
        refused(send(route2(0, there.url()), "GET"), GatewayError.UPSTREAM_BROKEN);
    }

    @Test
    void overTlsItIsAgreedOn() throws Exception {
        Http2Behaviour there = opened(new Http2Behaviour(tls(), (head, body, answer) -> answer.head(204, true)));
        String url = there.url().replace("http:", "https:");
        assertThat(send(route2(0, url), "GET").done().status).isEqualTo(204);
        assertThat(there.heads.get(0).scheme()).hasToString("https");
        // The certificate is for the address; a name that leads to it is somebody else.
        refused(send(route2(0, url.replace("127.0.0.1", "localhost")), "GET"), GatewayError.UPSTREAM_BROKEN);
    }
}
