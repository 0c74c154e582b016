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

    /** Returns the organization's usage per bucket. */
    public List<Usage> usage(Period period) {
        return usage(period, null);
    }

    /** Returns an agent's usage per bucket. */
    public List<Usage> usage(Period period, UUID agentId) {
        return transport.list(PATH + "/usage" + period.query().with("agent_id", agentId), Usage.class);
    }

    /** Returns the usage of each agent over a whole period. */
    public Listing<AgentUsage> agents(Period period) {
        return new Listing<>(transport, PATH + "/agents", period.query(), AgentUsage.class);
    }

    /** Returns the organization's latencies per bucket. */
    public List<Latency> latency(Period period) {
        return latency(period, null);
    }

    /** Returns an agent's latencies per bucket. */
    public List<Latency> latency(Period period, UUID agentId) {
        return transport.list(PATH + "/latency" + period.query().with("agent_id", agentId), Latency.class);
    }
}
