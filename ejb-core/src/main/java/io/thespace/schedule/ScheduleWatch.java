package io.thespace.schedule;

import io.thespace.log.Log;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Polls every second for due schedules, on every node; a lock on the row decides between nodes. */
@Singleton
@Startup
@DependsOn({"Migrations", "WorkflowEngine"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ScheduleWatch {

    private static final Log LOG = Log.of(ScheduleWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    @EJB
    private Firings firings;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private ScheduledFuture<?> watch;
    private volatile boolean failing;

    @PostConstruct
    void start() {
        // Not on this thread: a server lets calls of session beans wait until the start is over.
        watch = scheduler.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            for (Firings.Due due : firings.due()) {
                fire(due);
            }
            failing = false;
        } catch (RuntimeException | Error e) {
            // A schedule that throws is not run again; the next look may find the database back.
            if (!failing) {
                failing = true;
                LOG.warning("Schedules cannot be read; retrying every second", "cause", String.valueOf(e));
            }
        }
    }

    /** The failure of one schedule does not delay others; it is retried later. */
    private void fire(Firings.Due due) {
        try {
            firings.fire(due);
        } catch (RuntimeException | Error e) {
            LOG.error("Schedule failed; retrying in a minute", e, "schedule", due.id());
            firings.postpone(due);
        }
    }

    @PreDestroy
    void stop() {
        watch.cancel(false);
    }
}
