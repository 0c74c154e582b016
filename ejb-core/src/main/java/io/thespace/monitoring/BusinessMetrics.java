package io.thespace.monitoring;

import io.thespace.monitoring.BusinessMetricsView.PluginMetrics;
import io.thespace.monitoring.MetricView.Value;
import io.thespace.plugin.Manifest;
import io.thespace.plugin.Plugins;
import io.thespace.plugin.api.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The numbers of an organization's business: the platform's own, and those that plugins declare. */
@ApplicationScoped
public class BusinessMetrics {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int MAX_CAUSES = 20;

    /** PostgreSQL's error code (appendix A) for a statement whose time ran out. */
    private static final String CANCELLED = "57014";

    private Tallies tallies;
    private Plugins plugins;

    BusinessMetrics() {}

    @Inject
    BusinessMetrics(Tallies tallies, Plugins plugins) {
        this.tallies = tallies;
        this.plugins = plugins;
    }

    /** The numbers of the actor's organization up to now. */
    public BusinessMetricsView of(Actor actor) {
        Instant now = Instant.now();
        long end = System.nanoTime() + LIMIT.toNanos();
        List<MetricView> platform = List.of(
                measure(
                        "sign_ins",
                        "Sign-ins that began and are still on record: one that ended early is kept for 7 days.",
                        null,
                        end,
                        () -> tallies.signIns(actor, now)),
                measure(
                        "active_users",
                        "Users who caused at least one event.",
                        null,
                        end,
                        () -> tallies.activeUsers(actor, now)),
                measure(
                        "new_members",
                        "Users who joined the organization.",
                        null,
                        end,
                        () -> tallies.newMembers(actor, now)),
                measure(
                        "new_organizations",
                        "Organizations that were founded on the whole platform.",
                        null,
                        end,
                        () -> tallies.newOrganizations(actor, now)),
                measure("events", "Events by type.", "type", end, () -> tallies.eventsByType(actor, now)));
        List<PluginMetrics> ofPlugins = new ArrayList<>();
        for (Manifest manifest : plugins.enabled()) {
            List<MetricView> metrics = manifest.metrics().stream()
                    .map(metric -> measure(
                            metric.name(),
                            metric.description(),
                            metric.by(),
                            end,
                            () -> tallies.events(
                                    actor,
                                    "/plugins/" + manifest.id(),
                                    metric.event(),
                                    metric.sum(),
                                    metric.by(),
                                    now)))
                    .toList();
            if (!metrics.isEmpty()) {
                ofPlugins.add(new PluginMetrics(manifest.id(), manifest.name(), metrics));
            }
        }
        return new BusinessMetricsView(now, platform, List.copyOf(ofPlugins));
    }

    /** Measures one metric; on a timeout it is reported as missing, and the others are still measured. */
    private static MetricView measure(String name, String description, String by, long end, Supplier<Tally> count) {
        if (System.nanoTime() - end > 0) {
            return missing(name, description, by);
        }
        Tally tally;
        try {
            tally = count.get();
        } catch (RuntimeException e) {
            if (cancelled(e)) {
                return missing(name, description, by);
            }
            throw e;
        }
        return new MetricView(name, description, by, values(tally, by), tally.complete(), null);
    }

    private static List<Value> values(Tally tally, String by) {
        List<Value> values = new ArrayList<>();
        for (Window window : Window.values()) {
            Function<Tally.Row, BigDecimal> number = row -> row.values().get(window);
            if (by == null) {
                values.add(new Value(
                        window.text(),
                        null,
                        tally.rows().stream().findFirst().map(number).orElse(BigDecimal.ZERO)));
            } else {
                tally.rows().forEach(row -> values.add(new Value(window.text(), row.key(), number.apply(row))));
            }
        }
        return List.copyOf(values);
    }

    private static MetricView missing(String name, String description, String by) {
        return new MetricView(
                name,
                description,
                by,
                List.of(),
                false,
                "Counting took too long. Ask again when the database has less to do.");
    }

    private static boolean cancelled(RuntimeException e) {
        Throwable cause = e;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            if (cause instanceof SQLException sql && CANCELLED.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
