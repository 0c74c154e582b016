package io.thespace.monitoring;

import io.thespace.health.NodeHealth;
import io.thespace.health.NodeHealth.Source;
import io.thespace.health.NodeHealth.State;
import io.thespace.monitoring.Judgement.Level;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Registers the {@link Monitor}'s judgement with MicroProfile Health once migrations, first start and plugins are done. */
@Singleton
@Startup
@DependsOn({"Migrations", "FirstStart", "PluginWatch"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ServerHealth {

    /** Longer than the limits of what is checked: database 2 s, Redis 1 s. */
    private static final Duration LIMIT = Duration.ofSeconds(4);

    @Inject
    private Monitor monitor;

    @Inject
    private Checkup checkup;

    private Source source;

    @PostConstruct
    void register() {
        source = source(monitor, checkup, LIMIT);
        NodeHealth.register(source);
    }

    @PreDestroy
    void remove() {
        NodeHealth.remove(source);
    }

    /** The monitor's judgement; readiness within the limit, and by one thread for any number of requests. */
    static Source source(Monitor monitor, Checkup checkup, Duration limit) {
        Check readiness = new Check("readiness", true, limit, null, () -> judge(monitor.readiness()));
        return new Source() {
            @Override
            public State live() {
                HealthView health = monitor.health();
                return new State("ok".equals(health.status()), Map.of("status", health.status()));
            }

            @Override
            public State ready() {
                CheckView view = checkup.run(List.of(readiness)).get(0);
                return new State(
                        !"down".equals(view.status()), Map.of("status", view.status(), "finding", view.finding()));
            }
        };
    }

    private static Judgement judge(ReadinessView view) {
        Level level =
                switch (view.status()) {
                    case "ok" -> Level.OK;
                    case "degraded" -> Level.DEGRADED;
                    default -> Level.DOWN;
                };
        String finding = view.checks().stream()
                .map(check -> check.name() + ": " + check.status())
                .collect(Collectors.joining(", "));
        return Judgement.of(level, finding, "down without the database, degraded without Redis", null);
    }
}
