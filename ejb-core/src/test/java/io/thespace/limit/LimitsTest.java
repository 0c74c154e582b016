package io.thespace.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.configuration.Rate;
import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Role;
import io.thespace.redis.Redis;
import io.thespace.redis.TestRedis;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final Redis AWAY = new Redis(Optional.empty());
    private static final Map<String, Rate> RATES =
            Map.of("write.user", new Rate(100, 60), "read.anonymous", new Rate(3, 60));

    private final Actor alice = user();
    private final Map<UUID, List<Counted>> organizations = new HashMap<>();
    private final OrganizationQuotas quotas = new OrganizationQuotas() {
        @Override
        public List<Counted> calls(UUID orgId) {
            return organizations.getOrDefault(orgId, List.of());
        }

        @Override
        public Optional<Counted> modelTokens(UUID orgId) {
            return Optional.empty();
        }
    };
    private final List<LimitReached> reached = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

    private static Actor user() {
        return new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.USER, null, "r", null, "192.0.2.1", false);
    }

    private static Actor stranger(String address) {
        return Actor.anonymous("r", null, address);
    }

    private Limits alone() {
        return limits(AWAY);
    }

    private Limits limits(Redis redis) {
        return new Limits(redis, RATES, quotas, nanos::get, reached::add);
    }

    private void pass(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }

    private static Allowance write(Limits limits, Actor actor) {
        return limits.take(LimitClass.WRITE, actor).tightest().orElseThrow();
    }

    private static int allowed(Limits limits, Actor actor, int calls) {
        int allowed = 0;
        for (int i = 0; i < calls; i++) {
            allowed += write(limits, actor).allowed() ? 1 : 0;
        }
        return allowed;
    }

    @Test
    void aLimitThatIsUsedUpIsAnnouncedOnce() {
        Limits limits = alone();
        assertThat(allowed(limits, alice, 103)).isEqualTo(100);
        for (int i = 0; i < 10; i++) {
            read(limits, "192.0.2.7");
        }

        assertThat(reached)
                .containsExactly(
                        new LimitReached(alice.orgId(), alice.userId(), "write-user", 100, 60, alice.requestId()));
    }

    @Test
    void aCallerMayMakeSoManyCallsAndIsToldWhenThereAreMore() {
        Limits limits = alone();
        assertThat(write(limits, alice)).isEqualTo(new Allowance("write-user", RATES.get("write.user"), true, 99, 61));
        pass(10_000);
        assertThat(allowed(limits, alice, 120)).isEqualTo(99);

        Allowance none = write(limits, alice);
        assertThat(none.allowed()).isFalse();
        assertThat(none.remaining()).isZero();
        pass(none.seconds() * 1000L);
        assertThat(allowed(limits, alice, 120)).isOne();
        pass(60_300);
        assertThat(allowed(limits, alice, 120)).isEqualTo(100);
    }

    @Test
    void eachCallerIsCountedAlone() {
        Limits limits = alone();
        assertThat(allowed(limits, alice, 120)).isEqualTo(100);
        assertThat(allowed(limits, user(), 120)).isEqualTo(100);
    }

    @Test
    void strangersAreCountedByTheirNetwork() {
        Limits limits = alone();
        for (int i = 0; i < 3; i++) {
            assertThat(read(limits, "2001:db8:1:2::" + i)).isTrue();
        }
        assertThat(read(limits, "2001:db8:1:2::9")).isFalse();
        assertThat(read(limits, "2001:db8:1:3::9")).isTrue();
        assertThat(read(limits, "192.0.2.7")).isTrue();
        assertThat(read(limits, null)).isTrue();
    }

    private static boolean read(Limits limits, String address) {
        return limits.take(LimitClass.READ, stranger(address)).allowed();
    }

    @Test
    void whatIsNotLimitedIsNotCounted() {
        Limits nobody = limits(null);
        assertThat(nobody.take(LimitClass.READ, alice).all()).isEmpty();
        assertThat(nobody.take(LimitClass.NONE, alice).all()).isEmpty();
        assertThat(nobody.take(LimitClass.WRITE, stranger("192.0.2.1")).all()).isEmpty();
        assertThat(nobody.of(Role.USER)).isEqualTo(Map.of("write", RATES.get("write.user")));
    }

    /** Wherever a window begins, it holds no more than the limit; and who keeps asking gets nearly all of it. */
    @Test
    void noWindowHasMoreThanTheLimit() {
        Random random = new Random(7);
        for (int run = 0; run < 50; run++) {
            Limits limits = alone();
            int pause = 1 + random.nextInt(1_000);
            Deque<Long> window = new ArrayDeque<>();
            int total = 0;
            long length = 600_000;
            for (long now = 0; now < length; ) {
                // Bursts, and pauses that bring the next one close to where a window might end.
                for (int i = 1 + random.nextInt(30); i > 0; i--) {
                    if (write(limits, alice).allowed()) {
                        window.add(now);
                        total++;
                    }
                }
                while (!window.isEmpty() && window.peek() <= now - 60_000) {
                    window.remove();
                }
                assertThat(window.size()).isLessThanOrEqualTo(100);
                int step = 1 + random.nextInt(pause);
                now += step;
                pass(step);
            }
            assertThat(total).isGreaterThanOrEqualTo(990);
        }
    }

    /** A caller who keeps exactly to the limit is hardly ever refused. */
    @Test
    void aSteadyCallerGetsWithinOnePercentOfTheLimit() {
        Limits limits = alone();
        int allowed = 0;
        for (int i = 0; i < 2_000; i++) {
            allowed += write(limits, alice).allowed() ? 1 : 0;
            pass(600);
        }
        assertThat(allowed).isGreaterThanOrEqualTo(1_980);
    }

    @Test
    void allCallersOfAnOrganizationAreCountedTogether() {
        Limits limits = alone();
        Actor bob = colleague(alice);
        organizations.put(alice.orgId(), List.of(organization(alice, 60, 3), organization(alice, 86_400, 5)));

        Allowances first = limits.take(LimitClass.WRITE, alice);
        assertThat(first.all())
                .extracting(Allowance::policy)
                .containsExactly("write-user", "organization-60", "organization-86400");
        assertThat(first.all()).extracting(Allowance::remaining).containsExactly(99L, 2L, 4L);
        assertThat(first.tightest().orElseThrow().policy()).isEqualTo("organization-60");
        assertThat(limits.take(LimitClass.READ, bob).allowed()).isTrue();
        assertThat(limits.take(LimitClass.NONE, bob).all()).isEmpty();
        assertThat(limits.take(LimitClass.WRITE, bob).allowed()).isTrue();

        Allowances none = limits.take(LimitClass.WRITE, bob);
        assertThat(none.allowed()).isFalse();
        assertThat(none.refusal(EndpointError.TOO_MANY_CALLS).getMessage())
                .contains("organization-60", "3 in 60 seconds");
        assertThat(limits.take(LimitClass.WRITE, user()).allowed()).isTrue();
        // The day's limit outlasts the minute's.
        pass(61_000);
        assertThat(limits.take(LimitClass.WRITE, bob).allowed()).isTrue();
        assertThat(limits.take(LimitClass.WRITE, bob).allowed()).isTrue();
        Allowance day = limits.take(LimitClass.WRITE, bob).tightest().orElseThrow();
        assertThat(day.policy()).isEqualTo("organization-86400");
        assertThat(day.seconds()).isBetween(86_000, 86_900);
    }

    private static Actor colleague(Actor actor) {
        return new Actor(actor.orgId(), UUID.randomUUID(), Role.USER, null, "r", null, "192.0.2.1", false);
    }

    private static Counted organization(Actor actor, int seconds, long calls) {
        return Counted.byOrganization("organization-" + seconds, "calls", new Rate(calls, seconds), actor.orgId());
    }

    @Test
    void whatOneLimitRefusesUsesUpNoOther() {
        refusalsUseUpNothing(alone());
    }

    private void refusalsUseUpNothing(Limits limits) {
        Counted wide = new Counted("wide", "wide", new Rate(10, 60));
        Counted narrow = new Counted("narrow", "narrow", new Rate(2, 60));
        for (int i = 0; i < 5; i++) {
            // Whichever is asked about first.
            limits.take(i % 2 == 0 ? List.of(wide, narrow) : List.of(narrow, wide));
        }
        assertThat(limits.look(List.of(wide)).all().get(0).remaining()).isEqualTo(8);
        Allowances both = limits.take(List.of(wide, narrow));
        assertThat(both.all()).extracting(Allowance::allowed).containsExactly(true, false);
        assertThat(both.tightest().orElseThrow().policy()).isEqualTo("narrow");
    }

    @Test
    void whatIsKnownAfterwardsIsCountedInAnyCase() {
        amountsAreCounted(alone());
    }

    private void amountsAreCounted(Limits limits) {
        Counted tokens = new Counted("tokens", "tokens", new Rate(1_000_000_000_000L, 86_400));
        assertThat(limits.look(List.of(tokens)).allowed()).isTrue();
        limits.spend(tokens, 999_999_999_999L);
        assertThat(limits.look(List.of(tokens)).all().get(0).remaining()).isOne();
        assertThat(limits.look(List.of(tokens)).allowed()).isTrue();
        limits.spend(tokens, 5_000);
        Allowance none = limits.look(List.of(tokens)).all().get(0);
        assertThat(none.allowed()).isFalse();
        assertThat(none.remaining()).isZero();
    }

    @Test
    void redisCountsSeveralLimitsAtOnceToo() throws Exception {
        try (TestRedis redis = new TestRedis()) {
            Limits limits = limits(redis.connect());
            refusalsUseUpNothing(limits);
            amountsAreCounted(limits);
        }
    }

    @Test
    void twoNodesHaveOneLimit() throws Exception {
        TestRedis redis = new TestRedis();
        try (redis) {
            List<Limits> nodes = List.of(limits(redis.connect()), limits(redis.connect()));
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<Integer>> parts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Limits node = nodes.get(i % 2);
                parts.add(threads.submit(() -> allowed(node, alice, 50)));
            }
            int total = 0;
            for (Future<Integer> part : parts) {
                total += part.get();
            }
            threads.shutdown();
            assertThat(total).isEqualTo(100);
            Allowance none = write(nodes.get(0), alice);
            assertThat(none.allowed()).isFalse();
            assertThat(none.seconds()).isBetween(50, 61);
            assertThat(write(nodes.get(1), user()).remaining()).isEqualTo(99);
        }
        // Redis is gone; each node goes on by itself.
        Limits left = limits(redis.connect());
        assertThat(allowed(left, alice, 150)).isEqualTo(100);
    }

    /** The same window in Redis, in real time and small. */
    @Test
    void redisSlidesItsWindowToo() throws Exception {
        try (TestRedis redis = new TestRedis()) {
            Rate rate = new Rate(20, 1);
            Limits limits = new Limits(redis.connect(), Map.of("write.user", rate), quotas, nanos::get, reached::add);
            List<long[]> allowed = new ArrayList<>();
            boolean refused = false;
            long start = System.nanoTime();
            while (System.nanoTime() - start < 4_000_000_000L) {
                long before = System.nanoTime();
                boolean one = write(limits, alice).allowed();
                if (one) {
                    allowed.add(new long[] {before, System.nanoTime()});
                } else {
                    refused = true;
                    // Only when twenty calls lie within the window, which is counted in slices of 5 ms.
                    assertThat(allowed.size()).isGreaterThanOrEqualTo(20);
                    assertThat(allowed.get(allowed.size() - 20)[1]).isGreaterThanOrEqualTo(before - 1_010_000_000L);
                }
            }
            for (int i = 20; i < allowed.size(); i++) {
                // From the end of one call to the beginning of the twentieth after it is never less than a window.
                assertThat(allowed.get(i)[1] - allowed.get(i - 20)[0]).isGreaterThanOrEqualTo(1_000_000_000L);
            }
            assertThat(refused).isTrue();
            assertThat(allowed.size()).isBetween(21, 100);
        }
    }
}
