package io.thespace.gateway.forward;

import static io.thespace.gateway.forward.Behaviour.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.gateway.GatewayError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Requests to upstreams that behave in every way, over real sockets. */
class ForwardingTest extends ForwardingCase {

    @Test
    void aRequestGoesOnAsTheGatewaysOwn() throws Exception {
        Behaviour there = upstream(
                (head, in, out, socket) -> write(
                        out,
                        """
                HTTP/1.1 203 Fine
                Content-Type: text/plain
                Content-Length: 5
                X-Inner: secret
                Set-Cookie: a=b
                Server: nginx
                Connection: X-Hop
                X-Hop: 1
                X-Kept: 1
                Location: /base/other

                hello"""));
        Answered answered = send(
                        route(there.url()),
                        "GET",
                        "Accept",
                        "text/plain",
                        "Authorization",
                        "Bearer mine",
                        "Cookie",
                        "a=b",
                        "X-Forwarded-For",
                        "6.6.6.6",
                        "Forwarded",
                        "for=6.6.6.6",
                        "Connection",
                        "close, X-Mine",
                        "X-Mine",
                        "1",
                        "TE",
                        "trailers",
                        "Upgrade",
                        "h2c",
                        "X-Gone",
                        "1",
                        "X-Set",
                        "no",
                        "traceparent",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        "tracestate",
                        "a=b")
                .done();

        assertThat(answered.whole).isTrue();
        assertThat(answered.status).isEqualTo(203);
        assertThat(answered.length).isEqualTo(5);
        assertThat(answered.body()).isEqualTo("hello");
        assertThat(answered.headers.toString())
                .contains("X-Kept=1", "Location=/api/v1/gateway/r/other")
                .doesNotContain("X-Inner", "Set-Cookie", "nginx", "X-Hop");
        String head = there.heads.get(0);
        assertThat(head).startsWith("GET /base/today%20x?a=1&b=%20 HTTP/1.1\r\n");
        assertThat(head.lines())
                .contains(
                        "Accept: text/plain",
                        "Authorization: Bearer token-for-" + there.url().replace("/base", ""),
                        "X-Request-Id: request-1",
                        "X-Session-Id: session-1",
                        "Forwarded: for=192.0.2.7;host=\"space.example.org:8080\";proto=http",
                        "X-Forwarded-For: 192.0.2.7",
                        "X-Forwarded-Host: space.example.org:8080",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Prefix: /api/v1/gateway/r",
                        "X-Set: yes",
                        "tracestate: a=b")
                .anyMatch(line -> line.matches("traceparent: 00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01"));
        assertThat(head)
                .doesNotContain("6.6.6.6", "mine", "Cookie", "X-Mine", "TE:", "Upgrade", "X-Gone", "b7ad6b7169203331");
    }

    @Test
    void bodiesFlowBothWaysAndConnectionsAreKept() throws Exception {
        lookNoMore();
        Behaviour there = upstream((head, in, out, socket) -> {
            for (int i = 0; i < 2; i++) {
                String body = new String(in.readNBytes(6), StandardCharsets.UTF_8);
                write(out, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n6\n" + body + "\n");
                write(out, "3\nend\n0\n\n");
                if (i == 0) {
                    while (in.read() != '\n' || in.read() != '\r') {
                        // To the end of the next head.
                    }
                    in.read();
                }
            }
        });
        LiveRoute route = route(there.url());
        for (int i = 0; i < 2; i++) {
            SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>();
            Answered answered = send(route, "POST", 6, body, false, one -> {}, "Content-Type", "text/plain");
            while (body.getNumberOfSubscribers() == 0) {
                Thread.onSpinWait();
            }
            body.submit(ByteBuffer.wrap("abc".getBytes(StandardCharsets.UTF_8)));
            body.submit(ByteBuffer.wrap("def".getBytes(StandardCharsets.UTF_8)));
            body.close();
            assertThat(answered.done().body()).isEqualTo("abcdefend");
            assertThat(answered.length).isEqualTo(-1);
        }
        assertThat(there.connections).hasValue(1);
        assertThat(there.heads.get(0)).contains("Content-Length: 6\r\n").doesNotContain("Expect");
    }

    @Test
    void eventsArriveBeforeTheEnd() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        Behaviour there = upstream((head, in, out, socket) -> {
            write(out, "HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\ndata: 1\n\n");
            more.await();
            write(out, "data: 2\n\n");
        });
        Answered answered = send(route(there.url()), "GET");
        assertThat(answered.first.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(answered.body()).startsWith("data: 1");
        assertThat(answered.whole).isFalse();
        more.countDown();
        assertThat(answered.done().whole).isTrue();
        assertThat(answered.body()).contains("data: 2");
    }

    @Test
    void ofAFloodOnlyAsMuchComesAsIsTaken() throws Exception {
        Behaviour there = upstream((head, in, out, socket) -> {
            write(out, "HTTP/1.1 200 OK\n\n");
            byte[] flood = new byte[65_536];
            while (true) {
                out.write(flood);
            }
        });
        Answered answered = send(route(0, 10_000, 10_000, 1_000, 64, there.url()), "GET", 0, null, true, one -> {});
        assertThat(answered.done().broken).isTrue();
        assertThat(answered.size()).isLessThan(200_000);
    }

    /** Whoever takes a little at a time gets no more for it. */
    @Test
    void ofAFloodNoMoreComesWhenLittleIsTaken() throws Exception {
        Behaviour there = upstream((head, in, out, socket) -> {
            write(out, "HTTP/1.1 200 OK\n\n");
            byte[] flood = new byte[65_536];
            while (true) {
                out.write(flood);
            }
        });
        Answered answered = send(route(0, 10_000, 10_000, 10_000, 64, there.url()), "GET", 0, null, true, one -> {});
        assertThat(answered.first.await(20, TimeUnit.SECONDS)).isTrue();
        for (int taken = 0; taken < 60_000; taken += 1_000) {
            int before = answered.size();
            answered.take(1_000);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
            while (answered.size() == before && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
        assertThat(answered.size()).isLessThan(300_000);
    }

    @Test
    void whoeverLiesAboutTheLengthIsNotBelieved() throws Exception {
        Behaviour there =
                upstream((head, in, out, socket) -> write(out, "HTTP/1.1 200 OK\nContent-Length: 10\n\nhello"));
        Answered answered = send(route(there.url()), "GET").done();
        assertThat(answered.whole).isFalse();
        assertThat(answered.broken).isTrue();
    }

    @Test
    void whatIsNoHttpIsRefused() throws Exception {
        Behaviour there = upstream((head, in, out, socket) -> write(out, "SSH-2.0-OpenSSH\n\n\n\n"));
        refused(send(route(0, 10_000, 10_000, 20_000, 64, there.url()), "GET"), GatewayError.UPSTREAM_BROKEN);
    }

    @Test
    void hugeHeadsAreRefused() throws Exception {
        Behaviour there = upstream((head, in, out, socket) ->
                write(out, "HTTP/1.1 200 OK\nX-Huge: " + "x".repeat(100_000) + "\nContent-Length: 0\n\n"));
        refused(send(route(0, 10_000, 10_000, 20_000, 64, there.url()), "GET"), GatewayError.UPSTREAM_BROKEN);
    }

    @Test
    void aHangingOneIsGivenUp() throws Exception {
        Behaviour there = upstream((head, in, out, socket) -> in.read());
        refused(send(route(0, 10_000, 200, 20_000, 64, there.url()), "GET"), GatewayError.UPSTREAM_TIMEOUT);
    }

    @Test
    void aDrippingOneIsGivenUp() throws Exception {
        Behaviour there = upstream((head, in, out, socket) -> {
            write(out, "HTTP/1.1 200 OK\n\n");
            for (int i = 0; i < 1000; i++) {
                write(out, ".");
                Thread.sleep(20);
            }
        });
        assertThat(send(route(0, 10_000, 10_000, 500, 64, there.url()), "GET").done().broken)
                .isTrue();
    }

    @Test
    void whatMayBeRepeatedIsSentAgainToAnother() throws Exception {
        Behaviour bad = upstream((head, in, out, socket) -> socket.setSoLinger(true, 0));
        Behaviour good = upstream(
                (head, in, out, socket) -> write(out, "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 2\n\nok"));
        LiveRoute route = route(bad.url(), good.url());
        List<UpstreamTry> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Answered answered = send(route, "GET").done();
            assertThat(answered.body()).isEqualTo("ok");
            assertThat(answered.tries.get(answered.tries.size() - 1).status()).isEqualTo(200);
            tries.addAll(answered.tries);
        }
        assertThat(tries)
                .filteredOn(attempt -> attempt.outcome().equals("failed"))
                .isNotEmpty()
                .allSatisfy(attempt -> {
                    assertThat(attempt.error()).isEqualTo("UPSTREAM_BROKEN");
                    assertThat(attempt.status()).isNull();
                    assertThat(attempt.origin() + "/base").isEqualTo(bad.url());
                });
        assertThat(tries)
                .filteredOn(attempt -> attempt.outcome().equals("worked"))
                .hasSize(8)
                .allMatch(attempt ->
                        (attempt.origin() + "/base").equals(good.url()) && attempt.firstByteMillis() != null);
    }

    @Test
    void whatMayNotIsNot() throws Exception {
        Behaviour bad = upstream((head, in, out, socket) -> socket.setSoLinger(true, 0));
        refused(send(route(bad.url()), "POST"), GatewayError.UPSTREAM_BROKEN);
        assertThat(bad.connections).hasValue(1);
    }

    @Test
    void whereNobodyListensIsTriedAgainForAnyMethod() throws Exception {
        Behaviour gone = upstream((head, in, out, socket) -> {});
        gone.close();
        Behaviour good = upstream(
                (head, in, out, socket) -> write(out, "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 2\n\nok"));
        LiveRoute route = route(gone.url(), good.url());
        for (int i = 0; i < 4; i++) {
            assertThat(send(route, "POST").done().body()).isEqualTo("ok");
        }
        refused(send(route(0, 10_000, 10_000, 20_000, 64, gone.url()), "GET"), GatewayError.UPSTREAM_UNREACHABLE);
    }

    @Test
    void anAddressThatIsNotAllowedIsNeverConnectedTo() throws Exception {
        Behaviour there = upstream((head, in, out, socket) -> {});
        LiveRoute route = route(0, 10_000, 10_000, 20_000, 64, there.url().replace("127.0.0.1", "127.0.0.2"));
        refused(send(route, "GET"), GatewayError.UPSTREAM_UNREACHABLE);
        assertThat(there.connections).hasValue(0);
    }

    @Test
    void placesAreLimitedAndNobodyWaits() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        Behaviour there = upstream((head, in, out, socket) -> {
            more.await();
            write(out, "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 2\n\nok");
        });
        LiveRoute route = route(0, 10_000, 10_000, 20_000, 2, there.url());
        Answered first = send(route, "GET");
        Answered second = send(route, "GET");
        Answered third = send(route, "GET").done();
        assertThat(third.refusal.code()).isEqualTo(GatewayError.UPSTREAM_FULL);
        assertThat(third.refusal.retryAfter()).isNotNull();
        more.countDown();
        assertThat(first.done().body() + second.done().body()).isEqualTo("okok");
    }

    @Test
    void oneThatFailsTooOftenIsLeftAlone() throws Exception {
        // An upstream is left alone for two seconds: a machine that takes half of them is given another try.
        for (int i = 0; i < 20; i++) {
            Behaviour bad = upstream((head, in, out, socket) -> socket.setSoLinger(true, 0));
            LiveRoute route = route(0, 10_000, 10_000, 20_000, 64, bad.url());
            for (int j = 0; j < 4; j++) {
                refused(send(route, "GET"), GatewayError.UPSTREAM_BROKEN);
            }
            long start = System.nanoTime();
            refused(send(route, "GET"), GatewayError.UPSTREAM_BROKEN);
            Answered sixth = send(route, "GET").done();
            if (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1)) {
                refused(sixth, GatewayError.UPSTREAM_RESTING);
                assertThat(bad.connections).hasValue(5);
                return;
            }
        }
        throw new AssertionError("No sixth request followed within a second of the fifth");
    }

    @Test
    void anEndlessAnswerShowsThatAnUpstreamIsWellAgain() throws Exception {
        AtomicBoolean well = new AtomicBoolean();
        CountDownLatch more = new CountDownLatch(1);
        Behaviour there = upstream((head, in, out, socket) -> {
            if (well.get()) {
                write(out, "HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\ndata: 1\n\n");
                more.await();
            } else {
                socket.setSoLinger(true, 0);
            }
        });
        LiveRoute route = route(0, 10_000, 10_000, 20_000, 64, there.url());
        for (int i = 0; i < 5; i++) {
            refused(send(route, "GET"), GatewayError.UPSTREAM_BROKEN);
        }
        well.set(true);
        Answered trying = send(route, "GET");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (trying.refusal != null && System.nanoTime() < end) {
            Thread.onSpinWait();
            trying = send(route, "GET");
        }
        assertThat(trying.first.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 3; i++) {
            assertThat(send(route, "GET").first.await(20, TimeUnit.SECONDS)).isTrue();
        }
        more.countDown();
    }

    /** Such as any code may bring about that uses all of the heap. */
    @Test
    void anErrorCostsWhatItMeetsAndNothingAfterwards() throws Exception {
        Behaviour there = upstream(
                (head, in, out, socket) -> write(out, "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 2\n\nok"));
        String url = there.url();
        LiveRoute brief = route(2, 10_000, 10_000, 1_000, 64, url);
        Answered met = send(
                brief,
                "POST",
                5,
                subscriber -> {
                    throw new OutOfMemoryError("Thrown by a test");
                },
                false,
                one -> {});
        refused(met, GatewayError.UPSTREAM_TIMEOUT);
        for (int i = 0; i < 4; i++) {
            assertThat(send(route(url), "GET").done().body()).isEqualTo("ok");
        }
    }

    @Test
    void aCallerWhoGoesAwayFreesThePlace() throws Exception {
        Behaviour there = upstream((head, in, out, socket) -> in.read());
        LiveRoute route = route(there.url());
        send(route, "GET", 0, null, false, Forwarding::abandon);
        assertThat(upstreams().values())
                .allSatisfy(one -> assertThat(one.underWay()).isZero());
    }

    @Test
    void malformedHeadersAreRefusedBeforeAnythingIsSent() throws Exception {
        Behaviour there = upstream((head, in, out, socket) -> {});
        refused(send(route(there.url()), "GET", "X-A", "1\r\nX-B: 2"), GatewayError.INVALID_HEADER);
        refused(send(route(there.url()), "GET", "X A", "1"), GatewayError.INVALID_HEADER);
        assertThat(there.connections).hasValue(0);
    }
}
