package io.thespace.gateway.forward;

import static io.thespace.gateway.forward.Behaviour.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Network;
import io.thespace.gateway.AddressRule;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.HealthOrder;
import io.thespace.gateway.RouteOrder;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks of upstreams that are well and that are not, over real sockets. */
class HealthChecksTest {

    private final UpstreamClient client = new UpstreamClient();
    private final Addresses addresses = new Addresses(new AddressRule(List.of(Network.read("127.0.0.1/32"))));
    private final List<Boolean> changes = new CopyOnWriteArrayList<>();
    private final HealthChecks checks = new HealthChecks(client, addresses, (up, change) -> changes.add(up));
    private final ScheduledExecutorService sweep = Executors.newSingleThreadScheduledExecutor();
    private final Map<UpstreamOrder, LiveUpstream> upstreams = new HashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile List<LiveRoute> routes = List.of();
    private Object sweeping;

    @BeforeEach
    void start() {
        client.start();
        sweeping = sweep.scheduleWithFixedDelay(() -> checks.sweep(routes), 10, 10, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(sweeping).isNotNull();
        sweep.shutdownNow();
        client.stop();
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Behaviour upstream(Behaviour.Deed deed) throws Exception {
        Behaviour behaviour = new Behaviour(deed);
        open.add(behaviour);
        return behaviour;
    }

    private LiveRoute route(HealthOrder health, String... urls) {
        RouteOrder order = TestRoutes.order(
                "prefix",
                "/r",
                "upstreams",
                Arrays.stream(urls).map(UpstreamOrder::to).toList(),
                "health",
                health);
        LiveRoute route = TestRoutes.live(order, upstreams, addresses);
        routes = List.of(route);
        return route;
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("It takes too long").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static UpstreamView view(LiveRoute route, int index) {
        return route.view().get(index);
    }

    @Test
    void whoFailsThreeChecksIsLeftAloneUntilOneWorks() throws Exception {
        AtomicInteger status = new AtomicInteger(503);
        Behaviour ill = upstream((head, in, out, socket) ->
                write(out, "HTTP/1.1 " + status + " Hm\nContent-Length: 0\nConnection: close\n\n"));
        Behaviour well = upstream((head, in, out, socket) -> write(out, "HTTP/1.1 204 Fine\nConnection: close\n\n"));
        LiveRoute route = route(new HealthOrder("/health?x=1", 0, 1000), ill.url(), well.url());
        assertThat(view(route, 0).health()).isEqualTo("unchecked");
        until(() -> view(route, 0).health().equals("down"));
        assertThat(ill.heads).hasSizeGreaterThanOrEqualTo(Health.FAILURES);
        assertThat(ill.heads.get(0))
                .startsWith("GET /health?x=1 HTTP/1.1\r\n")
                .contains("Host: 127.0.0.1:")
                .doesNotContain("Authorization");
        assertThat(view(route, 0).fault()).isEqualTo("response status 503");
        until(() -> view(route, 1).health().equals("up"));
        for (int i = 0; i < 50; i++) {
            LiveUpstream.Place one = route.enter(Set.of());
            assertThat(one.upstream().url()).isEqualTo(well.url());
            one.leave(LiveUpstream.Outcome.WORKED);
        }
        status.set(200);
        until(() -> view(route, 0).health().equals("up"));
        assertThat(view(route, 0).fault()).isNull();
        assertThat(view(route, 0).checkedAt()).isNotNull();
        until(() -> changes.equals(List.of(false, true)));
    }

    @Test
    void whenNobodyIsWellNobodyIsAsked() throws Exception {
        Behaviour hangs = upstream((head, in, out, socket) -> in.read());
        LiveRoute route = route(new HealthOrder("/", 5, 50), hangs.url());
        Health health = route.upstreams().get(0).health();
        health.failed("it was", Duration.ZERO);
        health.failed("it was", Duration.ZERO);
        until(() -> !health.up());
        assertThat(view(route, 0).fault()).isEqualTo("no response within 50 ms");
        assertThat(view(route, 0).restsMillis()).isBetween(1L, 5000L);
        assertThatThrownBy(() -> route.enter(Set.of())).isInstanceOfSatisfying(Rejection.class, rejection -> {
            assertThat(rejection.code()).isEqualTo(GatewayError.UPSTREAM_RESTING);
            assertThat(rejection.retryAfter()).isGreaterThan(Duration.ofSeconds(1));
        });
        // A route that does not check goes by requests alone.
        assertThat(route(null, hangs.url()).enter(Set.of()).upstream().underWay())
                .isOne();
    }

    @Test
    void whoCannotBeReachedOrTalksNoHttpIsIll() throws Exception {
        Behaviour gone = upstream((head, in, out, socket) -> {});
        gone.close();
        Behaviour garbage = upstream((head, in, out, socket) -> write(out, "SSH-2.0-OpenSSH\n\n\n\n"));
        LiveRoute route = route(
                new HealthOrder("/", 0, 1000), gone.url(), garbage.url(), "http://nobody.invalid", "http://10.0.0.1");
        until(() -> route.view().stream().allMatch(one -> one.health().equals("down")));
        assertThat(route.view())
                .extracting(UpstreamView::fault)
                .containsExactly(
                        "it cannot be reached",
                        "connection closed early or invalid HTTP response",
                        "its name is not found, or it has no address that may be used",
                        "its name is not found, or it has no address that may be used");
    }

    @Test
    void onlySoManyAreUnderWay() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<String> urls = new ArrayList<>();
        List<Behaviour> all = new ArrayList<>();
        for (int i = 0; i < HealthChecks.MAX_AT_ONCE + 4; i++) {
            Behaviour one = upstream((head, in, out, socket) -> {
                end.await();
                write(out, "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
            });
            all.add(one);
            urls.add(one.url());
        }
        LiveRoute route = route(new HealthOrder("/", 60, 9000), urls.toArray(String[]::new));
        until(() -> all.stream().mapToInt(one -> one.heads.size()).sum() == HealthChecks.MAX_AT_ONCE);
        end.countDown();
        until(() -> route.view().stream().allMatch(one -> one.health().equals("up")));
        assertThat(all.stream().mapToInt(one -> one.heads.size()).sum()).isEqualTo(urls.size());
    }
}
