package io.thespace.monitoring;

import java.math.BigDecimal;
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

    /** For the documentation. */
    public static final BusinessMetricsView EXAMPLE = new BusinessMetricsView(
            Instant.parse("2026-01-31T12:00:00Z"),
            List.of(new MetricView(
                    "active_users",
                    "Users who caused at least one event.",
                    null,
                    List.of(new MetricView.Value("1h", null, new BigDecimal("3"))),
                    true,
                    null)),
            List.of(new PluginMetrics(
                    "financial_business",
                    "Financial Business",
                    List.of(new MetricView(
                            "transferred_amount",
                            "Money that customers transferred, by currency.",
                            "currency",
                            List.of(new MetricView.Value("1h", "USD", new BigDecimal("100.00"))),
                            true,
                            null)))));

    /** The numbers of one plugin. */
    public record PluginMetrics(String plugin, String name, List<MetricView> metrics) {}
}
