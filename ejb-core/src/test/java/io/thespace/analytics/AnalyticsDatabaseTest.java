package io.thespace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Analytics on a real PostgreSQL, as the application's role. */
class AnalyticsDatabaseTest {

    private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
    private static final UUID AGENT = UUID.fromString("0192bda5-0000-7000-8000-00000000000a");
    private static final UUID OTHER = UUID.fromString("0192bda5-0000-7000-8000-00000000000b");

    private static TestDatabase database;

    private Actor actor;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void organization() throws SQLException {
        actor = somebody();
    }

    private static Actor somebody() throws SQLException {
        UUID org = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(org));
        return new Actor(org, UUID.randomUUID(), Role.GUEST, null, "test", null, null, false);
    }

    private <T> T as(Function<Analytics, T> work) {
        return database.in(actor.orgId(), em -> work.apply(AnalyticsAccess.of(em)));
    }

    private void add(Measurement measured) {
        as(analytics -> {
            analytics.add(actor, measured);
            return null;
        });
    }

    private static Measurement call(UUID agent, Instant at, Integer latencyMs, boolean failed, String cost, String of) {
        return new Measurement(
                agent,
                UUID.randomUUID(),
                at,
                0,
                1,
                1,
                failed ? 1 : 0,
                10,
                3,
                latencyMs,
                cost == null ? null : new BigDecimal(cost),
                of);
    }

    private static PeriodRequest around(Bucket bucket) {
        return new PeriodRequest(NOON.minusSeconds(bucket.seconds()), NOON.plusSeconds(bucket.seconds()), bucket);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasDoneIsInItsBucket(Bucket bucket) {
        Instant at = NOON.plusSeconds(7);
        add(Measurement.session(AGENT, UUID.randomUUID(), at));
        add(Measurement.message(AGENT, UUID.randomUUID(), at));
        add(call(AGENT, at, 700, false, "0.000001", "USD"));
        add(call(AGENT, at, 700, true, "0.5", "USD"));
        add(call(OTHER, at, null, false, "2", "EUR"));
        add(call(AGENT, at.minusSeconds(2 * bucket.seconds()), 700, false, null, null));

        List<UsageView> usage = as(analytics -> analytics.usage(actor, around(bucket), null));

        assertThat(usage)
                .extracting(UsageView::startsAt)
                .isSorted()
                .contains(Instant.ofEpochSecond(bucket.startOf(at)));
        assertThat(usage).hasSizeBetween(2, 3);
        UsageView one = usage.stream().filter(u -> u.messages() > 0).findFirst().orElseThrow();
        assertThat(one)
                .isEqualTo(new UsageView(
                        Instant.ofEpochSecond(bucket.startOf(at)),
                        1,
                        4,
                        3,
                        1,
                        new BigDecimal("0.3333"),
                        30,
                        9,
                        List.of(
                                new SpendView(new BigDecimal("2"), "EUR"),
                                new SpendView(new BigDecimal("0.500001"), "USD"))));
        assertThat(usage.stream().filter(u -> u.messages() == 0)).allMatch(u -> u.errorRate() == null);
        assertThat(as(analytics -> analytics.usage(actor, around(bucket), OTHER)).stream()
                        .mapToLong(UsageView::messages)
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void eachAgentHasItsOwn() throws SQLException {
        add(call(AGENT, NOON, 100, false, "1", "USD"));
        add(call(AGENT, NOON, 100, true, null, null));
        add(call(OTHER, NOON, 1000, false, null, null));
        database.sql("insert into core.agents (id, org_id, name, model, status, created_by, created_at, changed_at)"
                + " values ('%s', '%s', 'support', 'm', 'active', '%s', now(), now())"
                        .formatted(AGENT, actor.orgId(), actor.userId()));

        Page<AgentUsageView> first =
                as(analytics -> analytics.agents(actor, around(Bucket.HOUR), new PageRequest(1, Optional.empty())));
        assertThat(first.items()).hasSize(1);
        AgentUsageView agent = first.items().get(0);
        assertThat(agent.name()).isEqualTo("support");
        assertThat(agent.calls()).isEqualTo(2);
        assertThat(agent.errorRate()).isEqualByComparingTo("0.5");
        assertThat(agent.spend()).containsExactly(new SpendView(BigDecimal.ONE, "USD"));
        assertThat(agent.p50Ms()).isBetween(95L, 105L);
        Page<AgentUsageView> second = as(analytics ->
                analytics.agents(actor, around(Bucket.HOUR), new PageRequest(1, Optional.of(first.nextKey()))));
        assertThat(second.items()).extracting(AgentUsageView::agentId).containsExactly(OTHER);
        assertThat(second.items().get(0).name()).isNull();
        assertThat(second.nextKey()).isNull();
    }

    /** Each percentile of what eight threads recorded, added up over its rows, against the one of the sorted numbers. */
    @Test
    void percentilesAreAsNearAsPromised() throws Exception {
        Random random = new Random(42);
        int[] lengths = random.doubles(400, Math.log(3), Math.log(60_000))
                .mapToInt(x -> (int) Math.exp(x))
                .toArray();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int length : lengths) {
                running.add(threads.submit(() -> add(call(AGENT, NOON, length, false, "0.1", "USD"))));
            }
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        add(call(AGENT, NOON, null, false, null, null));
        Arrays.sort(lengths);

        List<LatencyView> views = as(analytics -> analytics.latency(actor, around(Bucket.MINUTE), AGENT));
        LatencyView view = views.stream().filter(v -> v.calls() > 0).findFirst().orElseThrow();
        assertThat(view.calls()).isEqualTo(400);
        near(view.p50Ms(), lengths[199]);
        near(view.p95Ms(), lengths[379]);
        near(view.p99Ms(), lengths[395]);
        assertThat(as(analytics -> analytics.usage(actor, around(Bucket.DAY), null)).stream()
                        .flatMap(u -> u.spend().stream())
                        .map(SpendView::amount)
                        .toList())
                .containsExactly(new BigDecimal("40"));
    }

    private static void near(long told, int truth) {
        assertThat(Math.abs(told - truth)).as("%d for %d", told, truth).isLessThanOrEqualTo((long)
                Math.ceil(truth * Latencies.ERROR + 0.5));
    }

    @Test
    void anothersAreNotCounted() throws SQLException {
        add(call(AGENT, NOON, 100, false, "1", "USD"));
        Actor stranger = somebody();

        List<UsageView> theirs =
                database.in(stranger.orgId(), em -> AnalyticsAccess.of(em).usage(stranger, around(Bucket.HOUR), null));
        assertThat(theirs).allMatch(u -> u.messages() == 0 && u.spend().isEmpty());
        // Also when a query forgets whose they are.
        Number rows = database.in(
                stranger.orgId(), em -> (Number) em.createNativeQuery("select count(*) from core.analytics_usage")
                        .getSingleResult());
        assertThat(rows.longValue()).isZero();
    }

    @Test
    void whatIsOldGoesButForTheDays() {
        add(call(AGENT, Instant.now().minusSeconds(9 * 86_400L), 100, false, "1", "USD"));
        add(call(AGENT, Instant.now().minusSeconds(401 * 86_400L), 100, false, "1", "USD"));
        add(call(AGENT, Instant.now(), 100, false, "1", "USD"));
        long gone = 0;
        long batch;
        do {
            batch = as(analytics -> analytics.purge(1));
            gone += batch;
        } while (batch > 0);

        // Two minutes and an hour, of both tables; another test's minutes may be among them.
        assertThat(gone).isGreaterThanOrEqualTo(6);
        List<?> left = database.in(actor.orgId(), em -> em.createNativeQuery(
                        "select bucket || count(*) from core.analytics_usage group by bucket order by bucket")
                .getResultList());
        assertThat(left.stream().map(Object::toString).toList()).containsExactly("day3", "hour2", "minute1");
    }

    @Test
    void whatIsNoPeriodIsRefused() {
        refused(AnalyticsError.INVALID_PERIOD, new PeriodRequest(NOON, NOON, null));
        refused(AnalyticsError.INVALID_PERIOD, new PeriodRequest(NOON.plusSeconds(1), NOON, Bucket.DAY));
        refused(AnalyticsError.INVALID_PERIOD, new PeriodRequest(Instant.MIN, null, null));
        refused(AnalyticsError.INVALID_PERIOD, new PeriodRequest(null, Instant.MIN, null));
        refused(AnalyticsError.INVALID_PERIOD, new PeriodRequest(null, Instant.MAX, null));
        refused(
                AnalyticsError.TOO_MANY_BUCKETS,
                new PeriodRequest(NOON, NOON.plusSeconds(60 * 1500 + 1), Bucket.MINUTE));
        List<UsageView> most = as(analytics ->
                analytics.usage(actor, new PeriodRequest(NOON, NOON.plusSeconds(60 * 1500), Bucket.MINUTE), null));
        assertThat(most).hasSize(1500);
        List<LatencyView> usual =
                as(analytics -> analytics.latency(actor, new PeriodRequest(null, NOON, Bucket.DAY), null));
        assertThat(usual).hasSizeBetween(30, 31);
    }

    private void refused(ErrorCode code, PeriodRequest request) {
        assertThatThrownBy(() -> as(analytics -> analytics.usage(actor, request, null)))
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                        .isEqualTo(code));
    }
}
