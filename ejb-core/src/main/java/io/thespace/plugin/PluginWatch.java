package io.thespace.plugin;

import io.thespace.audit.AuditAfterwards;
import io.thespace.log.Log;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Starts the plugins with the platform, converges twice a second to their desired state, and stops them at shutdown. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class PluginWatch {

    private static final Log LOG = Log.of(PluginWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration REPORT = Duration.ofSeconds(5);

    @Inject
    private Plugins plugins;

    @Inject
    private PluginConvergence convergence;

    @Inject
    private ControlCenter controlCenter;

    @Inject
    private AuditAfterwards audit;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private ContextService contexts;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private ScheduledFuture<?> watch;
    private ScheduledFuture<?> reports;
    private PluginsConsole console;

    @PostConstruct
    void start() {
        open();
        console = new PluginsConsole(plugins, controlCenter, audit);
        console.open(contexts);
        watch = scheduler.scheduleWithFixedDelay(
                this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts the plugins. The report is repeated meanwhile, on its own schedule: starting or stopping one plugin can
     * take longer than a silent node is remembered.
     */
    private void open() {
        reports = scheduler.scheduleWithFixedDelay(
                convergence::repeatReport, REPORT.toMillis(), REPORT.toMillis(), TimeUnit.MILLISECONDS);
        boolean opened = false;
        try {
            convergence.open(threads);
            opened = true;
        } finally {
            if (!opened) {
                reports.cancel(false);
            }
        }
    }

    private void look() {
        try {
            convergence.convergeUnlessChanging();
            controlCenter.recover();
        } catch (RuntimeException | Error | SQLException e) {
            // A scheduled task that throws is not run again; the database may be available at the next run.
            LOG.warning("Desired state of plugins could not be read", "cause", String.valueOf(e.getMessage()));
        }
    }

    @PreDestroy
    void stop() {
        console.close();
        watch.cancel(false);
        // Until all plugins have stopped, a removal on another node must wait for this one.
        convergence.close();
        reports.cancel(false);
    }
}
