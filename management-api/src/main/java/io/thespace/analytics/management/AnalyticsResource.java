package io.thespace.analytics.management;

import static io.thespace.analytics.AnalyticsError.INVALID_PERIOD;
import static io.thespace.analytics.AnalyticsError.TOO_MANY_BUCKETS;
import static io.thespace.plugin.api.Permission.ANALYTICS_READ;

import io.thespace.analytics.AgentUsageView;
import io.thespace.analytics.Analytics;
import io.thespace.analytics.AnalyticsError;
import io.thespace.analytics.LatencyView;
import io.thespace.analytics.UsageView;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /management/v1/analytics}. */
@ApplicationScoped
@Governed
@Path("v1/analytics")
@Tag(name = "Analytics")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Requires(ANALYTICS_READ)
public class AnalyticsResource {

    private Analytics analytics;
    private CurrentCall call;

    public AnalyticsResource() {}

    @Inject
    AnalyticsResource(Analytics analytics, CurrentCall call) {
        this.analytics = analytics;
        this.call = call;
    }

    @GET
    @Path("usage")
    @Operation(
            summary = "Get usage over time",
            description = "Sessions, messages, calls of models and tools with their errors, tokens and spend,"
                    + " bucket by bucket, the earliest first, including empty buckets. At most 1,500 buckets.")
    @AnalyticsError.Refuses({INVALID_PERIOD, TOO_MANY_BUCKETS})
    public List<UsageView> usage(
            @BeanParam PeriodQuery query,
            @QueryParam("agent_id") @Parameter(description = "Only what was done with this agent.") UUID agentId) {
        return analytics.usage(call.actor(), query.period(), agentId);
    }

    @GET
    @Path("agents")
    @Operation(
            summary = "Get usage by agent",
            description = "Over the whole period, sorted by agent id; agents without usage are left out. `bucket`"
                    + " sets the granularity of the period's ends.")
    @AnalyticsError.Refuses({INVALID_PERIOD, TOO_MANY_BUCKETS})
    public Page<AgentUsageView> agents(@BeanParam PeriodQuery query) {
        return analytics.agents(call.actor(), query.period(), call.page());
    }

    @GET
    @Path("latency")
    @Operation(
            summary = "Get call latencies",
            description = "The 50th, 95th and 99th percentiles of call durations in milliseconds, bucket by bucket,"
                    + " the earliest first, with an error of at most 5 %. At most 1,500 buckets.")
    @AnalyticsError.Refuses({INVALID_PERIOD, TOO_MANY_BUCKETS})
    public List<LatencyView> latency(
            @BeanParam PeriodQuery query,
            @QueryParam("agent_id") @Parameter(description = "Only this agent's calls.") UUID agentId) {
        return analytics.latency(call.actor(), query.period(), agentId);
    }
}
