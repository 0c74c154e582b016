package io.thespace.gateway.cache;

import static io.thespace.gateway.forward.Behaviour.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.configuration.Network;
import io.thespace.gateway.AddressRule;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.RouteOrder;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.gateway.forward.Addresses;
import io.thespace.gateway.forward.Answered;
import io.thespace.gateway.forward.Behaviour;
import io.thespace.gateway.forward.ForwardedHeaders;
import io.thespace.gateway.forward.Forwarding;
import io.thespace.gateway.forward.GatewayPath;
import io.thespace.gateway.forward.GatewayRequest;
import io.thespace.gateway.forward.LiveRoute;
import io.thespace.gateway.forward.LiveUpstream;
import io.thespace.gateway.forward.TestRoutes;
import io.thespace.gateway.forward.UpstreamClient;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Role;
import io.thespace.redis.Redis;
import io.thespace.redis.TestRedis;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a cache may answer, before a real Redis and upstreams over real sockets. */
class CachedForwardingTest {

    private static final UpstreamClient CLIENT = new UpstreamClient();
    private static final ScheduledExecutorService SWEEP = Executors.newSingleThreadScheduledExecutor();
    private static final UUID ORG = UUID.randomUUID();

    private static TestRedis server;
    private static Redis redis;
    private static volatile RequestCoalescer swept;
    private static ScheduledFuture<?> sweeping;

    private final Addresses addresses = new Addresses(new AddressRule(List.of(Network.read("127.0.0.1/32"))));
    private final Map<UpstreamOrder, LiveUpstream> upstreams = new HashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private AnswerCache cache = new AnswerCache(redis, 10_000_000, Executors.defaultThreadFactory());
    private final RequestCoalescer coalescer = new RequestCoalescer(Runnable::run);
    private Actor actor = actor(ORG);
    private LiveRoute route;

    @BeforeAll
    static void start() throws Exception {
        server = new TestRedis();
        redis = server.connect();
        CLIENT.start();
        sweeping = SWEEP.scheduleWithFixedDelay(
                () -> {
                    CLIENT.sweep();
                    if (swept != null) {
                        swept.sweep(System.nanoTime());
                    }
                },
                20,
                20,
                TimeUnit.MILLISECONDS);
    }

    @AfterAll
    static void stop() throws Exception {
        sweeping.cancel(true);
        SWEEP.shutdownNow();
        CLIENT.stop();
        server.close();
    }

    @BeforeEach
    void sweep() {
        swept = coalescer;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        until(() -> cache.copiedBytes() == 0);
        cache.stop();
    }

    private static Actor actor(UUID org) {
        return new Actor(org, UUID.randomUUID(), Role.USER, null, "request-1", null, "192.0.2.7", false);
    }

    /** An upstream that answers with these headers and how many requests it had so far. */
    private Behaviour upstream(String headers) throws Exception {
        Behaviour[] one = new Behaviour[1];
        return upstream(one, (head, in, out, socket) -> {
            String body = "answer " + one[0].heads.size();
            write(
                    out,
                    "HTTP/1.1 200 OK\nConnection: close\n" + headers + "\nContent-Length: " + body.length() + "\n\n"
                            + (head.startsWith("HEAD") ? "" : body));
        });
    }

    private Behaviour upstream(Behaviour[] one, Behaviour.Deed deed) throws Exception {
        one[0] = new Behaviour(deed);
        open.add(one[0]);
        route(one[0], 60);
        return one[0];
    }

    private void route(Behaviour there, int seconds) {
        route(there, seconds, 5_000);
    }

    private void route(Behaviour there, int seconds, int firstByteMillis) {
        RouteOrder order = TestRoutes.order(
                "prefix",
                "/r",
                "upstreams",
                List.of(UpstreamOrder.to(there.url())),
                "connect_millis",
                2_000,
                "first_byte_millis",
                firstByteMillis,
                "total_millis",
                10_000,
                "retries",
                0,
                "cache_seconds",
                seconds);
        route = TestRoutes.live(order, upstreams, addresses);
    }

    private record Sent(CachedForwarding forwarding, Answered answered) {}

    private Sent begin(String method, boolean slow, String... headers) {
        Answered answered = new Answered(slow);
        List<Map.Entry<String, String>> sent = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            sent.add(new SimpleImmutableEntry<>(headers[i], headers[i + 1]));
        }
        CachedForwarding one = new CachedForwarding(
                cache,
                coalescer,
                (request, answer) -> {
                    Forwarding forwarding = new Forwarding(
                            CLIENT,
                            addresses,
                            (asked, upstream) -> ForwardedHeaders.toUpstream(asked, route, "token"),
                            route,
                            request,
                            answer);
                    forwarding.start();
                    return forwarding;
                },
                route,
                new GatewayRequest(
                        actor,
                        method,
                        GatewayPath.read("/api/v1/gateway/r/today", "/api/v1/gateway"),
                        "a=1",
                        sent,
                        0,
                        null,
                        "http",
                        "space.example.org"),
                answered);
        one.start();
        return new Sent(one, answered);
    }

    private Answered send(String method, String... headers) throws Exception {
        Answered answered = begin(method, false, headers).answered().done();
        // Responses are stored shortly after they are sent.
        until(() -> coalescer.size() == 0 && cache.copiedBytes() == 0);
        return answered;
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("It takes too long").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static String status(Answered answered) {
        return CacheDirectives.value(answered.headers, "cache-status");
    }

    @Test
    void whatIsForAllIsGivenAgain() throws Exception {
        Behaviour there = upstream("Cache-Control: public, max-age=30\nETag: \"a\"\nX-A: 1");
        Answered first = send("GET");
        assertThat(first.outcome).isEqualTo("miss");
        assertThat(status(first)).isEqualTo("the-space; fwd=uri-miss; fwd-status=200; stored");
        actor = actor(ORG);
        Answered second = send("GET");
        assertThat(second.body()).isEqualTo("answer 1");
        assertThat(second.outcome).isEqualTo("hit");
        assertThat(status(second)).matches("the-space; hit; ttl=(30|2\\d)");
        assertThat(CacheDirectives.value(second.headers, "age")).matches("\\d");
        assertThat(second.headers.toString()).contains("X-A=1", "ETag=\"a\"");
        assertThat(second.tries).isEmpty();

        Answered head = send("HEAD");
        assertThat(head.outcome).isEqualTo("hit");
        assertThat(head.length).isEqualTo(8);
        assertThat(head.size()).isZero();
        Answered had = send("GET", "If-None-Match", "\"a\"");
        assertThat(had.status).isEqualTo(304);
        assertThat(had.size()).isZero();
        assertThat(there.heads).hasSize(1);
    }

    @Test
    void otherOrganizationsHeadersAndRoutesAskAnew() throws Exception {
        Behaviour there = upstream("Cache-Control: public");
        send("GET");
        assertThat(send("GET", "User-Agent", "x").body()).isEqualTo("answer 1");
        assertThat(send("GET", "X-Odd", "1").body()).isEqualTo("answer 2");
        assertThat(send("GET", "X-Odd", "1").body()).isEqualTo("answer 2");
        assertThat(send("GET").body()).isEqualTo("answer 1");
        actor = actor(UUID.randomUUID());
        assertThat(send("GET").body()).isEqualTo("answer 3");
        route(there, 60);
        assertThat(send("GET").body()).isEqualTo("answer 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A: 1", "Cache-Control: private, max-age=60", "Cache-Control: public\nSet-Cookie: a=b"})
    void whatIsForOneIsNot(String headers) throws Exception {
        upstream(headers);
        assertThat(send("GET").headers.toString()).doesNotContain("stored");
        assertThat(send("GET").body()).isEqualTo("answer 2");
    }

    @Test
    void answersDifferByWhatTheyVaryBy() throws Exception {
        upstream("Cache-Control: public\nVary: Accept-Language");
        send("GET", "Accept-Language", "de");
        Answered other = send("GET", "Accept-Language", "fr");
        assertThat(other.body()).isEqualTo("answer 2");
        assertThat(status(other)).contains("fwd=vary-miss");
        assertThat(send("GET", "Accept-Language", "de").body()).isEqualTo("answer 1");
        assertThat(send("GET", "Accept-Language", "fr").body()).isEqualTo("answer 2");
        // It does not reach the upstream, which therefore does not go by it.
        assertThat(send("GET", "Accept-Language", "de", "Connection", "Accept-Language")
                        .body())
                .isEqualTo("answer 3");
    }

    @ParameterizedTest
    @CsvSource({"Range,bytes=0-1", "If-Match,\"a\"", "Cache-Control,no-store"})
    void someRequestsPassBy(String name, String value) throws Exception {
        upstream("Cache-Control: public");
        assertThat(send("GET", name, value).outcome).isEqualTo("bypass");
        assertThat(send("GET").body()).isEqualTo("answer 2");
        assertThat(send("GET", name, value).body()).isEqualTo("answer 3");
        assertThat(send("GET").body()).isEqualTo("answer 2");
    }

    @ParameterizedTest
    @CsvSource({"Cache-Control,no-cache", "Pragma,no-cache", "Cache-Control,min-fresh=70"})
    void callersMayAskAnew(String name, String value) throws Exception {
        upstream("Cache-Control: public");
        send("GET");
        Answered anew = send("GET", name, value);
        assertThat(anew.body()).isEqualTo("answer 2");
        assertThat(status(anew)).contains("fwd=request");
        until(() -> {
            try {
                return send("GET").body().equals("answer 2");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void whoWantsTheCacheAloneIsToldWhenItHasNone() throws Exception {
        Behaviour there = upstream("Cache-Control: public");
        assertThat(send("GET", "Cache-Control", "only-if-cached").refusal.code())
                .isEqualTo(GatewayError.NOT_CACHED);
        assertThat(there.heads).isEmpty();
        send("GET");
        assertThat(send("GET", "Cache-Control", "only-if-cached").body()).isEqualTo("answer 1");
    }

    @Test
    void aStaleOneIsAskedAbout() throws Exception {
        Behaviour[] one = new Behaviour[1];
        Behaviour there = upstream(one, (head, in, out, socket) -> {
            if (head.contains("If-None-Match: \"a\"")) {
                write(out, "HTTP/1.1 304 Not Modified\nConnection: close\nCache-Control: public, no-cache\nX-A: 2\n\n");
            } else {
                write(
                        out,
                        "HTTP/1.1 200 OK\nConnection: close\nCache-Control: public, no-cache\nETag: \"a\"\nX-A: 1\nContent-Length: 5\n\nhello");
            }
        });
        send("GET");
        for (int i = 0; i < 2; i++) {
            Answered again = send("GET", "If-None-Match", "\"mine\"");
            assertThat(again.status).isEqualTo(200);
            assertThat(again.body()).isEqualTo("hello");
            assertThat(again.outcome).isEqualTo("revalidated");
            assertThat(status(again)).contains("fwd=stale; fwd-status=304; stored");
            assertThat(again.headers.toString()).contains("X-A=2");
            assertThat(again.tries).hasSize(1);
        }
        assertThat(send("GET", "If-None-Match", "\"a\"").status).isEqualTo(304);
        assertThat(there.heads).hasSize(4);
        assertThat(there.heads.get(1)).doesNotContain("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void aWriteDropsWhatWasKept(String method) throws Exception {
        upstream("Cache-Control: public");
        send("GET");
        send("GET", "X-Odd", "1");
        send(method);
        assertThat(send("GET").body()).isEqualTo("answer 4");
        assertThat(send("GET", "X-Odd", "1").body()).isEqualTo("answer 5");
    }

    @Test
    void whatWasAskedForBeforeAWriteIsNotKeptAfterIt() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        Behaviour[] one = new Behaviour[1];
        upstream(one, (head, in, out, socket) -> {
            int number = one[0].heads.size();
            if (number == 1) {
                read.countDown();
                written.await();
            }
            write(out, "HTTP/1.1 200 OK\nConnection: close\nCache-Control: public\nContent-Length: 1\n\n" + number);
        });
        Sent early = begin("GET", false);
        assertThat(read.await(20, TimeUnit.SECONDS)).isTrue();
        begin("PUT", false).answered().done();
        written.countDown();
        assertThat(early.answered().done().body()).isEqualTo("1");
        until(() -> coalescer.size() == 0);
        assertThat(send("GET").body()).isEqualTo("3");
    }

    @Test
    void manyAtOnceAskOnce() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        Behaviour[] one = new Behaviour[1];
        Behaviour there = upstream(one, (head, in, out, socket) -> {
            all.await();
            write(out, "HTTP/1.1 200 OK\nConnection: close\nCache-Control: public\nContent-Length: 2\n\nok");
        });
        List<Answered> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(begin("GET", false).answered());
        }
        all.countDown();
        for (Answered answered : answers) {
            assertThat(answered.done().body()).isEqualTo("ok");
        }
        assertThat(there.heads).hasSize(1);
        assertThat(answers)
                .extracting(one2 -> one2.outcome)
                .containsOnlyOnce("miss")
                .contains("collapsed");
        assertThat(status(answers.get(19))).matches("the-space; fwd=uri-miss; collapsed; ttl=\\d+");
    }

    @Test
    void whoWaitsForWhatIsForOneAloneGoesAtOnce() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Behaviour[] one = new Behaviour[1];
        Behaviour there = upstream(one, (head, in, out, socket) -> {
            all.await();
            write(out, "HTTP/1.1 200 OK\nConnection: close\n\nbegun");
            never.await();
        });
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(begin("GET", false));
        }
        all.countDown();
        for (Sent each : sent) {
            assertThat(each.answered().first.await(4, TimeUnit.SECONDS)).isTrue();
        }
        sent.forEach(each -> each.forwarding().abandon());
        never.countDown();
        assertThat(there.heads).hasSize(5);
        assertThat(coalescer.size()).isZero();
    }

    @Test
    void nobodyWaitsForASlowOneWithoutEnd() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Behaviour[] one = new Behaviour[1];
        upstream(one, (head, in, out, socket) -> {
            if (one[0].heads.size() == 1) {
                write(out, "HTTP/1.1 200 OK\nConnection: close\nCache-Control: public\n\nbegun");
                never.await();
            }
            write(out, "HTTP/1.1 200 OK\nConnection: close\nCache-Control: public\nContent-Length: 2\n\nok");
        });
        route(one[0], 60, 1_500);
        Sent slow = begin("GET", false);
        assertThat(slow.answered().first.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(begin("GET", false).answered().done().body()).isEqualTo("ok");
        slow.forwarding().abandon();
        never.countDown();
    }

    @Test
    void whenTheFirstGoesAwayAnotherAsks() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        Behaviour[] one = new Behaviour[1];
        Behaviour there = upstream(one, (head, in, out, socket) -> {
            gone.await();
            write(out, "HTTP/1.1 200 OK\nConnection: close\nCache-Control: public\nContent-Length: 2\n\nok");
        });
        Sent first = begin("GET", false);
        List<Answered> others =
                List.of(begin("GET", false).answered(), begin("GET", false).answered());
        until(() -> there.heads.size() == 1);
        first.forwarding().abandon();
        until(() -> there.heads.size() == 2);
        gone.countDown();
        for (Answered other : others) {
            assertThat(other.done().body()).isEqualTo("ok");
        }
        assertThat(there.heads).hasSize(2);
        until(() -> coalescer.size() == 0);
    }

    @Test
    void whatIsTornOrTooLargeIsNotKept() throws Exception {
        Behaviour[] one = new Behaviour[1];
        upstream(one, (head, in, out, socket) -> {
            int number = one[0].heads.size();
            write(
                    out,
                    "HTTP/1.1 200 OK\nConnection: close\nCache-Control: public\n"
                            + (number == 1 ? "Content-Length: 10\n\nhello" : "\n" + "x".repeat(1_200_000)));
        });
        assertThat(send("GET").broken).isTrue();
        assertThat(send("GET").size()).isEqualTo(1_200_000);
        assertThat(send("GET").outcome).isEqualTo("miss");
        assertThat(one[0].heads).hasSize(3);
    }

    @Test
    void allOfThemTogetherAreBounded() throws Exception {
        cache.stop();
        cache = new AnswerCache(redis, 30_000, Executors.defaultThreadFactory());
        redis.ask(jedis -> jedis.flushAll(), () -> "");
        Behaviour[] one = new Behaviour[1];
        upstream(
                one,
                (head, in, out, socket) -> write(
                        out, "HTTP/1.1 200 OK\nConnection: close\nCache-Control: public\n\n" + "x".repeat(10_000)));
        for (int i = 0; i < 5; i++) {
            send("GET", "X-Odd", "" + i);
        }
        String prefix = "the-space:gateway-cache:";
        int held = redis.ask(jedis -> Integer.parseInt(jedis.hget(prefix + "sizes", "*")), () -> -1);
        assertThat(held).isBetween(10_000, 30_000);
        assertThat(redis.ask(jedis -> jedis.zcard(prefix + "index"), () -> -1L))
                .as("two answers and the mark")
                .isEqualTo(3);
        assertThat(redis.ask(jedis -> jedis.ttl(prefix + "index"), () -> -1L)).isPositive();
        assertThat(send("GET", "X-Odd", "4").outcome).isEqualTo("hit");
    }

    @Test
    void withoutRedisAllPass() throws Exception {
        cache.stop();
        cache = new AnswerCache(new Redis(Optional.empty()), 1000, Executors.defaultThreadFactory());
        upstream("Cache-Control: public");
        for (int i = 1; i < 4; i++) {
            Answered answered = send("GET");
            assertThat(answered.body()).isEqualTo("answer " + i);
            assertThat(answered.outcome).isEqualTo("bypass");
        }
        assertThat(send("PUT").body()).isEqualTo("answer 4");
    }
}
