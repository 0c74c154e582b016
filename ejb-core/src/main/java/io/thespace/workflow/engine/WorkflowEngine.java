package io.thespace.workflow.engine;

import io.thespace.log.Log;
import io.thespace.migration.Database;
import io.thespace.worker.Workers;
import io.thespace.workflow.EngineModel;
import io.thespace.workflow.EngineNode;
import io.thespace.workflow.RunningEngine;
import io.thespace.workflow.run.CallStep;
import io.thespace.workflow.run.Conditions;
import io.thespace.workflow.run.FailedSteps;
import io.thespace.workflow.run.RunRecorder;
import io.thespace.workflow.run.ServiceStep;
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
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flowable.engine.ProcessEngine;

/** This node's workflow engine. It starts with the application, and begins to work on steps when the start is over. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class WorkflowEngine {

    private static final Log LOG = Log.of(WorkflowEngine.class);
    private static final int MAX_WAITING = 10_000;
    private static final Duration WATCH = Duration.ofSeconds(2);

    @EJB
    private EngineTransactions transactions;

    @Inject
    private EngineNode node;

    @Inject
    private RunningEngine running;

    @Inject
    private ServiceStep step;

    @Inject
    private CallStep call;

    @Inject
    private Conditions conditions;

    @Inject
    private RunRecorder recorder;

    @Inject
    private FailedSteps failures;

    @Resource(lookup = Database.NAME)
    private DataSource database;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry registry;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private Workers afterwards;
    private ProcessEngine engine;
    private NodeWatch watch;
    private ScheduledFuture<?> watching;

    @PostConstruct
    void start() {
        afterwards = new Workers("workflow wake-up", 1, MAX_WAITING, threads);
        engine = new EngineSetup(
                        transactions,
                        registry,
                        database,
                        node.owner(),
                        threads,
                        afterwards,
                        Map.of(EngineModel.STEP, step, EngineModel.CALL, call, EngineModel.CONDITIONS, conditions),
                        recorder,
                        failures)
                .buildProcessEngine();
        running.is(engine);
        watch = new NodeWatch(node, engine);
        // Not on this thread: a server lets calls of session beans wait until the start is over.
        watching = scheduler.scheduleWithFixedDelay(this::look, 0, WATCH.toMillis(), TimeUnit.MILLISECONDS);
        LOG.info("The workflow engine has started", "version", ProcessEngine.VERSION);
    }

    private void look() {
        try {
            watch.look();
        } catch (RuntimeException | Error e) {
            // A schedule that throws is not run again.
            LOG.error("The nodes of workflows cannot be watched", e);
        }
    }

    @PreDestroy
    void stop() {
        watching.cancel(false);
        running.is(null);
        engine.close();
        ((EngineSetup) engine.getProcessEngineConfiguration()).stopThreads();
        watch.close();
        afterwards.close();
    }
}
