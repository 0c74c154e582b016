package io.thespace.mcp.federation.remote;

import io.thespace.log.Log;
import io.thespace.mcp.federation.McpServers;
import io.thespace.mcp.federation.ServerReadings;
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
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the servers of this node as the database has them, when told of a change and by looking twice a second; and reads remote
 * servers when that is due.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class FederationWatch {

    private static final Log LOG = Log.of(FederationWatch.class);
    private static final Actor PLATFORM = Actor.platform(null, "mcp-servers");
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int REGULAR_TASKS = 2;
    private static final int READERS = 4;
    private static final int MAX_QUEUED = 1_000;

    @Inject
    private McpServers servers;

    @Inject
    private ServerReadings readings;

    @Inject
    private Federation federation;

    @Inject
    private ServerRefresh refresh;

    @Inject
    private FederationChanges changes;

    @Resource
    private ManagedThreadFactory threads;

    private Workers appliers;
    private Workers readers;
    private final Semaphore reading = new Semaphore(READERS);
    private final ReentrantLock looking = new ReentrantLock();

    /** Not the server's scheduler: WildFly refuses its tasks while it is suspended; Payara searches all archives for each. */
    private ScheduledThreadPoolExecutor regular;

    private long seen = -1;
    private boolean away;

    @PostConstruct
    void start() {
        appliers = new Workers("mcp-servers", 1, MAX_QUEUED, threads);
        readers = new Workers("mcp-readings", READERS, READERS, threads);
        regular = new ScheduledThreadPoolExecutor(REGULAR_TASKS, threads);
        look();
        changes.listen(this::lookSoon, threads);
        every(LOOK, this::look);
        every(LOOK, this::readDue);
    }

    private void every(Duration period, Runnable task) {
        ScheduledFuture<?> unused = regular.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        // A schedule that throws is not run again.
                        LOG.error("Watching the MCP servers failed", e);
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void lookSoon() {
        try {
            PendingChanges.apply(appliers, this::look);
        } catch (RejectedExecutionException e) {
            LOG.warning(
                    "The change of an MCP server is seen with the next look", "cause", String.valueOf(e.getMessage()));
        }
    }

    private void look() {
        looking.lock();
        try {
            long revision = servers.revision(PLATFORM);
            if (revision != seen) {
                federation.show(servers.all(PLATFORM));
                seen = revision;
            }
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                LOG.warning("Changes of MCP servers cannot be seen; those seen before stay", "cause", e);
            }
            away = true;
        } finally {
            looking.unlock();
        }
    }

    /** Claims only what can be read at once: another node may have the place. */
    private void readDue() {
        while (!away && reading.tryAcquire()) {
            Optional<String> due = Optional.empty();
            try {
                due = readings.claim(PLATFORM);
                due.ifPresent(name -> readers.execute(() -> {
                    try {
                        read(name);
                    } finally {
                        reading.release();
                    }
                }));
            } finally {
                if (due.isEmpty()) {
                    reading.release();
                }
            }
            if (due.isEmpty()) {
                return;
            }
        }
    }

    private void read(String name) {
        if (federation.remote(name).isEmpty()) {
            // It was registered on another node a moment ago.
            look();
        }
        federation.remote(name).ifPresent(refresh::read);
    }

    @PreDestroy
    void stop() {
        changes.stop();
        regular.shutdownNow();
        readers.close();
        appliers.close();
    }
}
