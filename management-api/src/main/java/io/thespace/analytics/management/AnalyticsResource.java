package io.thespace.analytics.management;

import io.thespace.analytics.AgentUsageView;
import io.thespace.analytics.Analytics;
import io.thespace.analytics.AnalyticsError;
import io.thespace.analytics.Bucket;
import io.thespace.analytics.LatencyView;
import io.thespace.analytics.PeriodRequest;
import io.thespace.analytics.SpendView;
import io.thespace.analytics.UsageView;
import io.thespace.endpoint.ManagementResource;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@code /management/v1/analytics}. */
@ApplicationScoped
class AnalyticsResource implements ManagementResource {

    private static final UUID AGENT = UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f");
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final BigDecimal RATE = new BigDecimal("0.0125");
    private static final List<SpendView> SPEND = List.of(new SpendView(new BigDecimal("0.3184"), "USD"));

    @Inject
    Analytics analytics;

    @Override
    public String group() {
        return "Analytics";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                of(Endpoint.get("/v1/analytics/usage"))
                        .summary("Get what was done")
                        .description(
                                "Sessions, messages, calls of models and tools with their errors, tokens and spend,"
                                        + " bucket by bucket, the earliest first; also those in which nothing was done. At most"
                                        + " 1,500 buckets.")
                        .query("agent_id", UUID.class, "Only what was done with this agent.")
                        .answersList(
                                UsageView.class, new UsageView(START, 41, 320, 160, 2, RATE, 130_211, 10_240, SPEND))
                        .handler(call -> analytics.usage(
                                call.actor(),
                                period(call),
                                call.query("agent_id", UUID.class).orElse(null))),
                of(Endpoint.get("/v1/analytics/agents"))
                        .summary("Get what was done with each agent")
                        .description("In all of the period, by the agents' ids; agents with which nothing was done are"
                                + " left out. `bucket` says how exactly the period's ends are kept to.")
                        .answersPage(
                                AgentUsageView.class,
                                new AgentUsageView(
                                        AGENT, "support", 41, 320, 160, 2, RATE, 130_211, 10_240, SPEND, 734L, 2_108L,
                                        4_219L))
                        .handler(call -> analytics.agents(call.actor(), period(call), call.page())),
                of(Endpoint.get("/v1/analytics/latency"))
                        .summary("Get how long calls took")
                        .description(
                                "What half, 95 and 99 of a hundred calls did not exceed, in milliseconds, bucket by"
                                        + " bucket, the earliest first; at most 5 % off. At most 1,500 buckets.")
                        .query("agent_id", UUID.class, "Only this agent's calls.")
                        .answersList(LatencyView.class, new LatencyView(START, 158, 734L, 2_108L, 4_219L))
                        .handler(call -> analytics.latency(
                                call.actor(),
                                period(call),
                                call.query("agent_id", UUID.class).orElse(null))));
    }

    private static Endpoint.Builder<Void> of(Endpoint.Builder<Void> endpoint) {
        return endpoint.query(
                        "from",
                        Instant.class,
                        "Since when, rounded down to a bucket's start; when left out 60 minutes, 24 hours or 30 days"
                                + " before the end.")
                .query("to", Instant.class, "Until when, rounded up to a bucket's end; now when left out.")
                .query("bucket", Bucket.class, "How long each bucket is, by UTC; an hour when left out.")
                .permission(Permission.ANALYTICS_READ)
                .refuses(AnalyticsError.INVALID_PERIOD, AnalyticsError.TOO_MANY_BUCKETS);
    }

    private static PeriodRequest period(Call<Void> call) {
        return new PeriodRequest(
                call.query("from", Instant.class).orElse(null),
                call.query("to", Instant.class).orElse(null),
                call.query("bucket", Bucket.class).orElse(null));
    }
}
