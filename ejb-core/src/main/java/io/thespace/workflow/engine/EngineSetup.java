package io.thespace.workflow.engine;

import io.thespace.workflow.run.FailedSteps;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.flowable.common.engine.api.delegate.event.FlowableEventListener;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.flowable.common.engine.impl.async.AsyncTaskExecutorConfiguration;
import org.flowable.common.engine.impl.async.DefaultAsyncTaskExecutor;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.common.engine.impl.interceptor.CommandInterceptor;
import org.flowable.common.engine.impl.persistence.StrongUuidGenerator;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.job.service.impl.asyncexecutor.AsyncJobExecutorConfiguration;

/**
 * The configuration of the engine: in the server's transactions and threads, with its tables in schema {@code flow},
 * without its own history, users and forms.
 *
 * <p>A step's lock lasts longer than the time limit of steps: if it expired while its step runs, another node would
 * repeat the step, and whichever committed first would make the other fail, repeatedly. {@link NodeWatch} frees the
 * locks of nodes that are gone.
 */
final class EngineSetup extends ProcessEngineConfigurationImpl {

    /** The time limit of a step. Endpoints of plugins are ended after 30 s. */
    static final Duration LONGEST_STEP = Duration.ofMinutes(2);

    private static final int THREADS = 4;
    private static final int QUEUE = 32;
    private static final Duration LOCK = LONGEST_STEP.multipliedBy(QUEUE / THREADS + 2);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final int DEFINITIONS = 200;

    private final EngineTransactions transactions;
    private final TransactionSynchronizationRegistry registry;

    /**
     * @param owner identifies this node's engine; a new one at each start
     * @param afterwards runs work after a commit
     * @param beans the only beans available to the engine's expressions
     */
    EngineSetup(
            EngineTransactions transactions,
            TransactionSynchronizationRegistry registry,
            DataSource database,
            String owner,
            ThreadFactory threads,
            Executor afterwards,
            Map<Object, Object> beans,
            FlowableEventListener listener,
            FailedSteps failures) {
        this.transactions = transactions;
        this.registry = registry;
        transactionsExternallyManaged = true;
        transactionContextFactory = command -> new EngineTransactionContext(registry, afterwards);
        dataSource = new EngineDataSource(database);
        setDatabaseType(AbstractEngineConfiguration.DATABASE_TYPE_POSTGRES);
        setDatabaseSchemaUpdate(DB_SCHEMA_UPDATE_FALSE);
        setDatabaseTablePrefix("flow.");
        setTablePrefixIsSchema(true);
        setIdGenerator(new StrongUuidGenerator());
        setDisableIdmEngine(true);
        setDisableEventRegistry(true);
        setHistoryLevel(HistoryLevel.NONE);
        setBeans(beans);
        setEventListeners(List.of(listener));
        setFailedJobCommandFactory(failures);
        setCustomAsyncRunnableExecutionExceptionHandlers(List.of(failures));
        setProcessDefinitionCacheLimit(DEFINITIONS);
        setAsyncExecutorActivate(false);
        setAsyncExecutorConfiguration(jobs(owner));
        setAsyncTaskExecutor(executor(threads));
    }

    private static AsyncJobExecutorConfiguration jobs(String owner) {
        AsyncJobExecutorConfiguration jobs = new AsyncJobExecutorConfiguration();
        jobs.setLockOwner(owner);
        jobs.setAsyncJobLockTime(LOCK);
        jobs.setTimerLockTime(LOCK);
        jobs.setDefaultAsyncJobAcquireWaitTime(LOOK);
        jobs.setDefaultTimerJobAcquireWaitTime(LOOK);
        jobs.setDefaultQueueSizeFullWaitTime(LOOK);
        return jobs;
    }

    private static DefaultAsyncTaskExecutor executor(ThreadFactory threads) {
        AsyncTaskExecutorConfiguration tasks = new AsyncTaskExecutorConfiguration();
        tasks.setCorePoolSize(THREADS);
        tasks.setMaxPoolSize(THREADS);
        tasks.setQueueSize(QUEUE);
        tasks.setAwaitTerminationPeriod(DRAIN);
        DefaultAsyncTaskExecutor executor = new DefaultAsyncTaskExecutor(tasks);
        executor.setThreadFactory(threads);
        executor.start();
        return executor;
    }

    /** To be called when the engine is closed: what it did not start itself it does not stop. */
    void stopThreads() {
        ((DefaultAsyncTaskExecutor) getAsyncTaskExecutor()).shutdown();
    }

    @Override
    public CommandInterceptor createTransactionInterceptor() {
        return new EngineTransactionInterceptor(transactions, registry);
    }
}
