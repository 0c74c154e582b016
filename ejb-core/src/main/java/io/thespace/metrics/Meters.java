package io.thespace.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.thespace.plugin.api.ErrorCode;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** The metrics of this node. */
@ApplicationScoped
public class Meters {

    /** The maximum of time series of one meter; further ones are counted together, as {@link #OTHER}. */
    static final int MAX_SERIES = 2_000;

    static final String OTHER = "other";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private record Answered(String method, String route, String group, int hundreds) {}

    /** @param ofPlugin null when the answer was not a plugin's */
    private record Series(Timer timer, Counter ofPlugin) {}

    private final ConcurrentMap<Answered, Series> answered = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Counter> refused = new ConcurrentHashMap<>();
    private final Set<String> generating = ConcurrentHashMap.newKeySet();
    private PrometheusMeterRegistry registry;
    private MultiGauge up;

    @PostConstruct
    void open() {
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        up = MultiGauge.builder("space.service.up")
                .description("1 while a service of this node works, also degraded; 0 while it fails.")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        // Micrometer's own binder listens to the collectors with classes that not every server lets an application see.
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            FunctionTimer.builder(
                            "jvm.gc.pause",
                            collector,
                            GarbageCollectorMXBean::getCollectionCount,
                            GarbageCollectorMXBean::getCollectionTime,
                            TimeUnit.MILLISECONDS)
                    .tag("gc", collector.getName())
                    .description("Garbage collections and the time they took.")
                    .register(registry);
        }
    }

    @PreDestroy
    void close() {
        registry.close();
    }

    /**
     * Counts and times a response.
     *
     * @param route the template of its path; {@code -} when no endpoint was found
     * @param group the endpoint's group: a plugin's id for a plugin's
     */
    public void answered(String method, String route, String group, int status, long nanoseconds) {
        Answered what = new Answered(METHODS.contains(method) ? method : OTHER, route, group, status / 100);
        Series series = answered.get(what);
        if (series == null) {
            series = answered.size() < MAX_SERIES
                    ? answered.computeIfAbsent(what, this::series)
                    : answered.computeIfAbsent(new Answered(OTHER, OTHER, OTHER, status / 100), this::series);
        }
        series.timer.record(nanoseconds, TimeUnit.NANOSECONDS);
        if (series.ofPlugin != null) {
            series.ofPlugin.increment();
        }
    }

    private Series series(Answered what) {
        Timer timer = Timer.builder("http.server.requests")
                .description("Requests by method, route, group and class of status.")
                .tags("method", what.method, "route", what.route, "group", what.group, "status", what.hundreds + "xx")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        if (!what.route.startsWith("/api/plugins/" + what.group + "/")) {
            return new Series(timer, null);
        }
        String outcome =
                switch (what.hundreds) {
                    case 4 -> "refused";
                    case 5 -> "failed";
                    default -> "succeeded";
                };
        return new Series(
                timer,
                Counter.builder("space.plugin.calls")
                        .description("Calls of a plugin's endpoints by outcome.")
                        .tags("plugin", what.group, "outcome", outcome)
                        .register(registry));
    }

    /**
     * Counts a call to a model.
     *
     * @param inputTokens input tokens; null for unknown, likewise for output tokens
     */
    public void generated(String model, boolean succeeded, Long inputTokens, Long outputTokens) {
        String name = generating.size() < MAX_SERIES || generating.contains(model) ? model : OTHER;
        generating.add(name);
        Counter.builder("space.llm.calls")
                .description("Calls of language models by outcome.")
                .tags("model", name, "outcome", succeeded ? "succeeded" : "failed")
                .register(registry)
                .increment();
        tokens(name, "input", inputTokens);
        tokens(name, "output", outputTokens);
    }

    private void tokens(String model, String direction, Long tokens) {
        if (tokens != null) {
            Counter.builder("space.llm.tokens")
                    .description("Tokens that language models read and wrote.")
                    .tags("model", model, "direction", direction)
                    .register(registry)
                    .increment(tokens);
        }
    }

    /** Counts a refusal. */
    public void refused(ErrorCode code) {
        String name = code.name();
        Counter counter = refused.get(name);
        if (counter == null) {
            counter = refused.computeIfAbsent(
                    refused.size() < MAX_SERIES ? name : OTHER, known -> Counter.builder("space.refusals")
                            .description("Refused calls by error code; TOO_MANY_ATTEMPTS are throttled sign-ins.")
                            .tag("code", known)
                            .register(registry));
        }
        counter.increment();
    }

    /** Counts calls whose explanations were written, and those that were dropped instead. */
    public void explained(long written, long dropped) {
        if (written > 0) {
            explanations("written").increment((double) written);
        }
        // Registered before the first drop, so that alerts on the series work from the start.
        explanations("dropped").increment((double) dropped);
    }

    private Counter explanations(String outcome) {
        return Counter.builder("space.request.log")
                .description("Calls whose explanations were written, or dropped because too many waited.")
                .tag("outcome", outcome)
                .register(registry);
    }

    /**
     * Sets the state of the services; series of services that are no longer listed are removed.
     *
     * @param services whether each works, by name
     */
    public void services(Map<String, Boolean> services) {
        List<Row<?>> rows = new ArrayList<>();
        services.forEach((name, works) -> rows.add(Row.of(Tags.of("service", name), works ? 1 : 0)));
        up.register(rows, true);
    }

    /** Everything, in Prometheus's text format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }
}
