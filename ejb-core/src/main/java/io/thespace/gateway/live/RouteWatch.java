package io.thespace.gateway.live;

import io.thespace.gateway.GatewayRoutes;
import io.thespace.gateway.generation.GenerationLog;
import io.thespace.gateway.model.ModelFileView;
import io.thespace.gateway.model.Models;
import io.thespace.gateway.model.SealedModel;
import io.thespace.onnx.OnnxRuns;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps the gateway's routes and models as the database has them, and runs the gateway's regular tasks. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class RouteWatch {

    private static final Actor PLATFORM = Actor.platform(null, "gateway-routes");
    private static final Duration RESOLVE = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofMillis(50);
    private static final Duration WRITE = Duration.ofSeconds(1);
    private static final int REGULAR_TASKS = 3;
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
    private Revisions revisions;

    @Resource
    private ManagedThreadFactory threads;

    private Workers workers;
    private RevisionWatch watch;
    private RegularTasks regular;

    @PostConstruct
    void start() {
        workers = new Workers("gateway", WORKERS, MAX_QUEUED, threads);
        gateway.start(threads);
        onnx.start(threads);
        watch = revisions.watch(GatewayRoutes.REVISION, () -> routes.revision(PLATFORM), this::load, threads);
        regular = new RegularTasks("gateway tasks", REGULAR_TASKS, threads);
        regular.every(RESOLVE, () -> gateway.resolve(workers));
        regular.every(SWEEP, gateway::sweep);
        regular.every(WRITE, generations::flush);
    }

    private void load() {
        List<SealedModel> all = models.all(PLATFORM);
        gateway.show(routes.all(PLATFORM), all, workers);
        onnx.keep(all.stream()
                .flatMap(model -> Optional.ofNullable(model.view().file()).stream())
                .map(ModelFileView::sha256)
                .collect(Collectors.toSet()));
    }

    @PreDestroy
    void stop() {
        watch.close();
        regular.close();
        gateway.stop();
        onnx.stop();
        workers.close();
        generations.flush();
    }
}
