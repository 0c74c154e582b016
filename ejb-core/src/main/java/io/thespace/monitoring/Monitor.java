package io.thespace.monitoring;

import io.thespace.configuration.Version;
import io.thespace.plugin.Plugins;
import io.thespace.plugin.api.Rejection;
import io.thespace.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Judges the node. */
@ApplicationScoped
public class Monitor {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private Probes probes;
    private Redis redis;
    private Plugins plugins;

    Monitor() {}

    @Inject
    Monitor(Probes probes, Redis redis, Plugins plugins) {
        this.probes = probes;
        this.redis = redis;
        this.plugins = plugins;
    }

    /** Returns the liveness; accesses no other system. */
    public HealthView health() {
        long uptimeSeconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
        return new HealthView("ok", uptimeSeconds, Version.TEXT, plugins.implementationStatus());
    }

    /** Returns the readiness: checks each dependency within its time limit. */
    public ReadinessView readiness() {
        ReadinessView.Check database = check("database", true, probes::database);
        ReadinessView.Check limits = check("redis", false, redis::answers);
        String status = !"ok".equals(database.status()) ? "down" : !"ok".equals(limits.status()) ? "degraded" : "ok";
        return new ReadinessView(status, List.of(database, limits));
    }

    /**
     * As {@link #readiness}, for load balancers.
     *
     * @throws Rejection {@code NOT_READY} when the node cannot serve
     */
    public ReadinessView ready() {
        ReadinessView readiness = readiness();
        if ("down".equals(readiness.status())) {
            String away = readiness.checks().stream()
                    .filter(check -> check.required() && !"ok".equals(check.status()))
                    .map(ReadinessView.Check::name)
                    .collect(Collectors.joining(", "));
            throw Rejection.later(
                    MonitoringError.NOT_READY, "The node is not ready: no response from " + away + ".", RETRY_AFTER);
        }
        return readiness;
    }

    private static ReadinessView.Check check(String name, boolean required, BooleanSupplier answers) {
        long start = System.nanoTime();
        boolean ok = answers.getAsBoolean();
        long millis = (System.nanoTime() - start) / 1_000_000;
        return new ReadinessView.Check(name, ok ? "ok" : "down", millis, required);
    }
}
