package io.thespace.monitoring;

import java.time.Instant;
import java.util.List;

/**
 * Business numbers of one organization, without simulated users.
 *
 * @param asOf the end of every window
 * @param platform the platform's own
 * @param plugins those that the enabled plugins declare
 */
public record BusinessMetricsView(Instant asOf, List<MetricView> platform, List<PluginMetrics> plugins) {

    /** The numbers of one plugin. */
    public record PluginMetrics(String plugin, String name, List<MetricView> metrics) {}
}
