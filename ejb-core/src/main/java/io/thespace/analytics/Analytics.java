package io.thespace.analytics;

import io.thespace.analytics.PeriodRequest.Period;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Aggregates usage and reports it. */
@Stateless
public class Analytics {

    private static final int SHARDS = 8;

    private static final String SUMS =
            "sum(sessions), sum(messages), sum(calls), sum(errors), sum(input_tokens)," + " sum(output_tokens)";

    private static final String WITHIN = " where org_id = :org and bucket = :bucket"
            + " and starts_at >= to_timestamp(:start) and starts_at < to_timestamp(:end)";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** Adds something up in the transaction of its cause; to be the last that this transaction does, as it locks. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void add(Actor actor, Measurement measured) {
        int bin = measured.latencyMs() == null ? Latencies.UNKNOWN : Latencies.bin(measured.latencyMs());
        keyed(
                        """
                        insert into core.analytics_usage as u (org_id, bucket, starts_at, agent_id, shard, sessions, messages,
                            calls, errors, input_tokens, output_tokens, latencies)
                        select :org, b.bucket, date_trunc(b.bucket, cast(:at as timestamptz), 'UTC'), :agent, :shard,
                            :sessions, :messages, :calls, :errors, :input, :output,
                            array_fill(cast(:calls as bigint), array[1], array[cast(:bin as integer)])
                        from (values ('minute'), ('hour'), ('day')) b (bucket)
                        on conflict (org_id, bucket, starts_at, agent_id, shard) do update set
                            sessions = u.sessions + excluded.sessions,
                            messages = u.messages + excluded.messages,
                            calls = u.calls + excluded.calls,
                            errors = u.errors + excluded.errors,
                            input_tokens = u.input_tokens + excluded.input_tokens,
                            output_tokens = u.output_tokens + excluded.output_tokens,
                            latencies[cast(:bin as integer)] =
                                coalesce(u.latencies[cast(:bin as integer)], 0) + excluded.calls
                        """,
                        actor,
                        measured)
                .setParameter("sessions", measured.sessions())
                .setParameter("messages", measured.messages())
                .setParameter("calls", measured.calls())
                .setParameter("errors", measured.errors())
                .setParameter("input", measured.inputTokens())
                .setParameter("output", measured.outputTokens())
                .setParameter("bin", bin)
                .executeUpdate();
        if (measured.cost() != null && measured.cost().signum() > 0) {
            keyed(
                            """
                            insert into core.analytics_spend as s
                                (org_id, bucket, starts_at, agent_id, shard, currency, amount)
                            select :org, b.bucket, date_trunc(b.bucket, cast(:at as timestamptz), 'UTC'), :agent, :shard,
                                :currency, :amount
                            from (values ('minute'), ('hour'), ('day')) b (bucket)
                            on conflict (org_id, bucket, starts_at, agent_id, shard, currency) do update set
                                amount = s.amount + excluded.amount
                            """,
                            actor,
                            measured)
                    .setParameter("currency", measured.currency())
                    .setParameter("amount", measured.cost())
                    .executeUpdate();
        }
    }

    private Query keyed(String sql, Actor actor, Measurement measured) {
        return em.createNativeQuery(sql)
                .setParameter("org", actor.orgId())
                .setParameter("at", measured.at())
                .setParameter("agent", measured.agentId())
                .setParameter("shard", Math.floorMod(measured.sessionId().hashCode(), SHARDS));
    }

    /**
     * Returns usage per bucket, the earliest first, including empty buckets.
     *
     * @param agentId the agent; null for all
     * @throws Rejection {@code INVALID_PERIOD}, {@code TOO_MANY_BUCKETS}
     */
    public List<UsageView> usage(Actor actor, PeriodRequest request, UUID agentId) {
        Period period = request.period(Instant.now());
        String of = agentId == null ? "" : " and agent_id = :agent";
        Map<Long, Object[]> sums = new HashMap<>();
        for (Object[] row : rows(within(
                "select cast(extract(epoch from starts_at) as bigint), " + SUMS + " from core.analytics_usage" + WITHIN
                        + of + " group by starts_at",
                actor,
                period,
                agentId))) {
            sums.put(number(row[0]), row);
        }
        Map<Long, List<SpendView>> spend = new HashMap<>();
        for (Object[] row : rows(within(
                "select cast(extract(epoch from starts_at) as bigint), currency, sum(amount) from core.analytics_spend"
                        + WITHIN + of + " group by starts_at, currency order by currency",
                actor,
                period,
                agentId))) {
            spend.computeIfAbsent(number(row[0]), start -> new ArrayList<>()).add(spend(row));
        }
        List<UsageView> buckets = new ArrayList<>(period.buckets());
        for (long start = period.start();
                start < period.end();
                start += period.bucket().seconds()) {
            Object[] row = sums.getOrDefault(start, new Object[] {start, 0L, 0L, 0L, 0L, 0L, 0L});
            buckets.add(new UsageView(
                    Instant.ofEpochSecond(start),
                    number(row[1]),
                    number(row[2]),
                    number(row[3]),
                    number(row[4]),
                    rate(number(row[4]), number(row[3])),
                    number(row[5]),
                    number(row[6]),
                    spend.getOrDefault(start, List.of())));
        }
        return buckets;
    }

    /**
     * Returns latencies per bucket, the earliest first, including buckets without calls.
     *
     * @param agentId the agent; null for all
     * @throws Rejection {@code INVALID_PERIOD}, {@code TOO_MANY_BUCKETS}
     */
    public List<LatencyView> latency(Actor actor, PeriodRequest request, UUID agentId) {
        Period period = request.period(Instant.now());
        Map<Object, Latencies> histograms = histograms(within(
                "select cast(extract(epoch from starts_at) as bigint), bin, sum(u.latencies[bin])"
                        + " from core.analytics_usage u cross join lateral generate_subscripts(u.latencies, 1) bin"
                        + WITHIN + (agentId == null ? "" : " and agent_id = :agent")
                        + " and bin > 0 and u.latencies[bin] > 0 group by starts_at, bin",
                actor,
                period,
                agentId));
        List<LatencyView> buckets = new ArrayList<>(period.buckets());
        for (long start = period.start();
                start < period.end();
                start += period.bucket().seconds()) {
            Latencies latencies = histograms.getOrDefault(start, new Latencies());
            buckets.add(new LatencyView(
                    Instant.ofEpochSecond(start),
                    latencies.total(),
                    latencies.percentile(0.5),
                    latencies.percentile(0.95),
                    latencies.percentile(0.99)));
        }
        return buckets;
    }

    /**
     * Returns the usage of each agent over the whole period, ordered by agent id; agents without usage are left out.
     *
     * @throws Rejection {@code INVALID_PERIOD}, {@code TOO_MANY_BUCKETS}
     */
    public Page<AgentUsageView> agents(Actor actor, PeriodRequest request, PageRequest page) {
        Period period = request.period(Instant.now());
        Query query = within(
                "select u.agent_id, (select name from core.agents a where a.id = u.agent_id), " + SUMS
                        + " from core.analytics_usage u" + WITHIN + " and agent_id > :after"
                        + " group by u.agent_id order by u.agent_id",
                actor,
                period,
                null);
        query.setParameter("after", page.after().map(UUID::fromString).orElse(new UUID(0, 0)));
        List<Object[]> sums = rows(query.setMaxResults(page.limit() + 1));
        List<UUID> ids = sums.stream().map(row -> (UUID) row[0]).toList();
        if (ids.isEmpty()) {
            return new Page<>(List.of(), null);
        }
        Map<UUID, List<SpendView>> spend = new HashMap<>();
        for (Object[] row : rows(within(
                        "select agent_id, currency, sum(amount) from core.analytics_spend" + WITHIN
                                + " and agent_id in (:ids) group by agent_id, currency order by currency",
                        actor,
                        period,
                        null)
                .setParameter("ids", ids))) {
            spend.computeIfAbsent((UUID) row[0], id -> new ArrayList<>()).add(spend(row));
        }
        Map<Object, Latencies> histograms = histograms(within(
                        "select agent_id, bin, sum(u.latencies[bin])"
                                + " from core.analytics_usage u cross join lateral generate_subscripts(u.latencies, 1) bin"
                                + WITHIN + " and agent_id in (:ids) and bin > 0 and u.latencies[bin] > 0"
                                + " group by agent_id, bin",
                        actor,
                        period,
                        null)
                .setParameter("ids", ids));
        List<AgentUsageView> views = new ArrayList<>(sums.size());
        for (Object[] row : sums) {
            Latencies latencies = histograms.getOrDefault(row[0], new Latencies());
            views.add(new AgentUsageView(
                    (UUID) row[0],
                    (String) row[1],
                    number(row[2]),
                    number(row[3]),
                    number(row[4]),
                    number(row[5]),
                    rate(number(row[5]), number(row[4])),
                    number(row[6]),
                    number(row[7]),
                    spend.getOrDefault(row[0], List.of()),
                    latencies.percentile(0.5),
                    latencies.percentile(0.95),
                    latencies.percentile(0.99)));
        }
        return Page.of(views, page.limit(), agent -> agent.agentId().toString());
    }

    /**
     * Drops expired minutes and hours.
     *
     * @param most maximum of rows per table
     * @return the number of rows dropped
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public long purge(int most) {
        return number(em.createNativeQuery("select core.purge_analytics(:most)")
                .setParameter("most", most)
                .getSingleResult());
    }

    private Query within(String sql, Actor actor, Period period, UUID agentId) {
        Query query = em.createNativeQuery(sql)
                .setParameter("org", actor.orgId())
                .setParameter("bucket", period.bucket().text())
                .setParameter("start", period.start())
                .setParameter("end", period.end());
        return agentId == null ? query : query.setParameter("agent", agentId);
    }

    @SuppressWarnings("unchecked") // native queries are not typed
    private static List<Object[]> rows(Query query) {
        return query.getResultList();
    }

    private static Map<Object, Latencies> histograms(Query query) {
        Map<Object, Latencies> histograms = new HashMap<>();
        for (Object[] row : rows(query)) {
            Object key = row[0] instanceof Number start ? (Object) start.longValue() : row[0];
            histograms.computeIfAbsent(key, unused -> new Latencies()).add((int) number(row[1]), number(row[2]));
        }
        return histograms;
    }

    private static SpendView spend(Object[] row) {
        BigDecimal amount = ((BigDecimal) row[2]).stripTrailingZeros();
        return new SpendView(amount.scale() < 0 ? amount.setScale(0) : amount, (String) row[1]);
    }

    private static BigDecimal rate(long errors, long calls) {
        return calls == 0
                ? null
                : BigDecimal.valueOf(errors).divide(BigDecimal.valueOf(calls), 4, RoundingMode.HALF_UP);
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
