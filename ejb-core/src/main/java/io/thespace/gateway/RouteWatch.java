package io.thespace.gateway;

import io.thespace.log.Log;
import io.thespace.onnx.OnnxRuns;
import io.thespace.plugin.api.Actor;
import io.thespace.transaction.PendingChanges;
import io.thespace.worker.Workers;
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
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Keeps the gateway's routes and models as the database has them: when told of a change, and by looking twice a second. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class RouteWatch {

    private static final Log LOG = Log.of(RouteWatch.class);
    private static final Actor PLATFORM = Actor.platform(null, "gateway-routes");
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration RESOLVE = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofMillis(50);
    private static final Duration WRITE = Duration.ofSeconds(1);
    private static final int REGULAR_TASKS = 4;
    private static final int WORKERS = 8;
    private static final int MAX_QUEUED = 10_000;

    @Inject
    private GatewayRoutes routes;

    @Inject
    private Models models;

    @Inject
    private Gateway gateway;

    @Inject
    private OnnxRuns onnx;

    @Inject
    private GenerationLog generations;

    @Inject
    private RouteChanges changes;

    @Resource
    private ManagedThreadFactory threads;

    private Workers workers;
    private final ReentrantLock looking = new ReentrantLock();

    /**
     * A thread for each regular task. Not the server's scheduler: WildFly refuses its tasks, and logs each, while it is suspended and
     * the last requests end; Payara searches all archives of the EAR for each.
     */
    private ScheduledThreadPoolExecutor regular;

    private long seen = -1;
    private boolean away;

    @PostConstruct
    void start() {
        workers = new Workers("gateway", WORKERS, MAX_QUEUED, threads);
        regular = new ScheduledThreadPoolExecutor(REGULAR_TASKS, threads);
        gateway.start(threads);
        onnx.start(threads);
        look();
        changes.listen(this::lookSoon, threads);
        every(LOOK, this::look);
        every(RESOLVE, () -> gateway.resolve(workers));
        every(SWEEP, gateway::sweep);
        every(WRITE, generations::flush);
    }

    private void every(Duration period, Runnable task) {
        ScheduledFuture<?> unused = regular.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        // A schedule that throws is not run again.
                        LOG.error("The gateway's housekeeping failed", e);
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void lookSoon() {
        try {
            PendingChanges.apply(workers, this::look);
        } catch (RejectedExecutionException e) {
            LOG.warning("The change of a route is seen with the next look", "cause", String.valueOf(e.getMessage()));
        }
    }

    private void look() {
        looking.lock();
        try {
            long revision = routes.revision(PLATFORM);
            if (revision != seen) {
                List<SealedModel> all = models.all(PLATFORM);
                gateway.show(routes.all(PLATFORM), all, workers);
                onnx.keep(all.stream()
                        .flatMap(model -> Optional.ofNullable(model.view().file()).stream())
                        .map(ModelFileView::sha256)
                        .collect(Collectors.toSet()));
                seen = revision;
            }
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                LOG.warning("Changes of routes cannot be seen; those seen before stay", "cause", e);
            }
            away = true;
        } finally {
            looking.unlock();
        }
    }

    @PreDestroy
    void stop() {
        changes.stop();
        regular.shutdownNow();
        gateway.stop();
        onnx.stop();
        workers.close();
        generations.flush();
    }
}
