package io.thespace.sdk;

import java.util.List;
import java.util.UUID;

/** {@code /management/v1/analytics}. */
public final class Analytics {

    private static final String PATH = "/analytics";

    private final Transport transport;

    Analytics(Transport transport) {
        this.transport = transport;
    }

    /** What was done in the organization, bucket by bucket. */
    public List<Usage> usage(Period period) {
        return usage(period, null);
    }

    /** What was done with an agent, bucket by bucket. */
    public List<Usage> usage(Period period, UUID agentId) {
        return transport.list(PATH + "/usage" + period.query().with("agent_id", agentId), Usage.class);
    }

    /** What was done with each agent in all of a period. */
    public Listing<AgentUsage> agents(Period period) {
        return new Listing<>(transport, PATH + "/agents", period.query(), AgentUsage.class);
    }

    /** How long calls took in the organization, bucket by bucket. */
    public List<Latency> latency(Period period) {
        return latency(period, null);
    }

    /** How long an agent's calls took, bucket by bucket. */
    public List<Latency> latency(Period period, UUID agentId) {
        return transport.list(PATH + "/latency" + period.query().with("agent_id", agentId), Latency.class);
    }
}
