package io.thespace.monitoring.rest;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.Resource;
import io.thespace.metrics.Meters;
import io.thespace.monitoring.BusinessMetrics;
import io.thespace.monitoring.BusinessMetricsView;
import io.thespace.monitoring.CheckView;
import io.thespace.monitoring.DeepHealth;
import io.thespace.monitoring.DeepHealthView;
import io.thespace.monitoring.HealthView;
import io.thespace.monitoring.MetricView;
import io.thespace.monitoring.Monitor;
import io.thespace.monitoring.MonitoringError;
import io.thespace.monitoring.ReadinessView;
import io.thespace.monitoring.ServiceView;
import io.thespace.monitoring.Services;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How the node is, for orchestrators and administrators. */
@ApplicationScoped
class MonitoringResource implements Resource {

    private static final HealthView HEALTHY =
            new HealthView("ok", 12345, "0.1.0", Map.of("implemented", 10, "mocked", 0, "pending", 0));

    private static final ReadinessView READY = new ReadinessView(
            "ok",
            List.of(
                    new ReadinessView.Check("database", "ok", 1, true),
                    new ReadinessView.Check("redis", "ok", 1, false)));

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private static final DeepHealthView EXAMINED = new DeepHealthView(
            "degraded",
            NOW,
            12,
            List.of(
                    new CheckView(
                            "database",
                            "ok",
                            true,
                            2,
                            "PostgreSQL 17.10 answered in 1 ms; the database has 12 MiB.",
                            "degraded above 100 ms",
                            null),
                    new CheckView(
                            "disk_home",
                            "degraded",
                            true,
                            0,
                            "4.1 GiB of 50.0 GiB are free where SPACE_HOME lies.",
                            "degraded below 10 % or 1.0 GiB, down below 2 % or 256 MiB",
                            "Free some space where SPACE_HOME lies, or give it a larger disk; without any, logs and"
                                    + " uploads fail.")));

    private static final ServiceView SERVICE =
            new ServiceView("financial_business", "plugin", "1.0.0", "ok", null, NOW);

    private static final BusinessMetricsView NUMBERS = new BusinessMetricsView(
            NOW,
            List.of(new MetricView(
                    "active_users",
                    "Users who caused at least one event.",
                    null,
                    List.of(new MetricView.Value("1h", null, new BigDecimal("3"))),
                    true,
                    null)),
            List.of(new BusinessMetricsView.PluginMetrics(
                    "financial_business",
                    "Financial Business",
                    List.of(new MetricView(
                            "transferred_amount",
                            "Money that customers transferred, by currency.",
                            "currency",
                            List.of(new MetricView.Value("1h", "USD", new BigDecimal("100.00"))),
                            true,
                            null)))));

    private Monitor monitor;
    private DeepHealth deepHealth;
    private Services services;
    private BusinessMetrics businessMetrics;
    private Meters meters;

    MonitoringResource() {}

    @Inject
    MonitoringResource(
            Monitor monitor, DeepHealth deepHealth, Services services, BusinessMetrics businessMetrics, Meters meters) {
        this.monitor = monitor;
        this.deepHealth = deepHealth;
        this.services = services;
        this.businessMetrics = businessMetrics;
        this.meters = meters;
    }

    @Override
    public String group() {
        return "Monitoring";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/health")
                        .summary("Is the node alive?")
                        .description("Liveness. It asks nothing else, so it answers as long as the node does.")
                        .open()
                        .answers(HealthView.class, HEALTHY)
                        .limit(LimitClass.NONE)
                        .handler(call -> monitor.health()),
                Endpoint.get("/ready")
                        .summary("Can the node serve?")
                        .description("Readiness. `degraded` means that it serves without something that it can do"
                                + " without; when it cannot serve, the answer is 503.")
                        .open()
                        .answers(ReadinessView.class, READY)
                        .refuses(MonitoringError.NOT_READY)
                        .limit(LimitClass.NONE)
                        .handler(call -> monitor.ready()),
                Endpoint.get("/control-center/monitoring/health")
                        .summary("Get the platform's health")
                        .description("The shallow view for administrators: each dependency with its answer time.")
                        .role(Role.ADMIN)
                        .answers(ReadinessView.class, READY)
                        .handler(call -> monitor.readiness()),
                Endpoint.get("/control-center/monitoring/deep-health")
                        .summary("Examine everything the node depends on")
                        .description(
                                "Each dependency and each plugin, timed and judged against its threshold, with what"
                                        + " to do about it. The checks run at the same time, each within its own limit, so one"
                                        + " that hangs is down and the answer still comes.")
                        .role(Role.ADMIN)
                        .answers(DeepHealthView.class, EXAMINED)
                        .handler(call -> deepHealth.examine(call.actor())),
                Endpoint.get("/control-center/monitoring/business-metrics")
                        .summary("Get business numbers over time windows")
                        .description("Numbers of the administrator's organization over the last hour, day, week and 30"
                                + " days, without simulated users: the platform's own, and those that the enabled"
                                + " plugins declare in their manifests. Sums are exact decimals.")
                        .role(Role.ADMIN)
                        .answers(BusinessMetricsView.class, NUMBERS)
                        .handler(call -> businessMetrics.of(call.actor())),
                Endpoint.get("/control-center/services")
                        .summary("List the services")
                        .description(
                                "The service registry: the platform's own services, then the plugins, each with its"
                                        + " version, its status, the reason when it is not `ok`, and since when.")
                        .role(Role.ADMIN)
                        .answersList(ServiceView.class, SERVICE)
                        .handler(call -> services.list(call.actor())),
                Endpoint.get("/metrics")
                        .summary("Scrape the node's metrics")
                        .description("For Prometheus, in its text format: the JVM, requests by method, route, group and"
                                + " class of status, refusals by code, calls of plugins, and whether each service works."
                                + " For administrators, unless `SPACE_METRICS_PUBLIC` opens it to a scraper inside the"
                                + " network.")
                        .answersContent("text/plain")
                        .role(Configuration.get().get(Key.METRICS_PUBLIC) ? null : Role.ADMIN)
                        .handler(call -> Content.text("text/plain;version=0.0.4", meters.scrape())));
    }
}
