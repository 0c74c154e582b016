package io.thespace.mcp.federation.remote;

import io.thespace.mcp.federation.McpServers;
import io.thespace.mcp.federation.ServerReadings;
import io.thespace.plugin.api.Actor;
import io.thespace.revision.RevisionWatch;
import io.thespace.revision.Revisions;
import io.thespace.worker.RegularTasks;
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
import java.util.concurrent.Semaphore;

/** Keeps the servers of this node as the database has them, and reads remote servers when that is due. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class FederationWatch {

    private static final Actor PLATFORM = Actor.platform(null, "mcp-servers");
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int READERS = 4;

    @Inject
    private McpServers servers;

    @Inject
    private ServerReadings readings;

    @Inject
    private Federation federation;

    @Inject
    private ServerRefresh refresh;

    @Inject
    private Revisions revisions;

    @Resource
    private ManagedThreadFactory threads;

    private Workers readers;
    private final Semaphore reading = new Semaphore(READERS);
    private RevisionWatch watch;
    private RegularTasks regular;

    @PostConstruct
    void start() {
        readers = new Workers("mcp-readings", READERS, READERS, threads);
        watch = revisions.watch(
                McpServers.REVISION,
                () -> servers.revision(PLATFORM),
                () -> federation.show(servers.all(PLATFORM)),
                threads);
        regular = new RegularTasks("mcp-readings due", 1, threads);
        regular.every(LOOK, this::readDue);
    }

    /** Claims only what can be read at once: another node may have the place. */
    private void readDue() {
        while (!watch.isAway() && reading.tryAcquire()) {
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
        // It may have been registered or changed on another node a moment ago.
        watch.check();
        federation.remote(name).ifPresent(refresh::read);
    }

    @PreDestroy
    void stop() {
        watch.close();
        regular.close();
        readers.close();
    }
}
