package io.thespace.workflow.engine;

import io.thespace.log.Log;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.flowable.common.engine.impl.cfg.TransactionContext;
import org.flowable.common.engine.impl.cfg.TransactionListener;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.context.Context;
import org.flowable.common.engine.impl.interceptor.CommandContext;

/** Notifies the engine of the outcome of its command's JTA transaction. */
final class EngineTransactionContext implements TransactionContext {

    private static final Log LOG = Log.of(EngineTransactionContext.class);

    private final TransactionSynchronizationRegistry registry;
    private final Executor afterwards;

    /** @param afterwards runs what is to be done after the end, when the ended transaction is off its thread */
    EngineTransactionContext(TransactionSynchronizationRegistry registry, Executor afterwards) {
        this.registry = registry;
        this.afterwards = afterwards;
    }

    /** The interceptor commits. */
    @Override
    public void commit() {}

    @Override
    public void rollback() {
        if (registry.getTransactionKey() != null && registry.getTransactionStatus() == Status.STATUS_ACTIVE) {
            registry.setRollbackOnly();
        }
    }

    @Override
    public void addTransactionListener(TransactionState state, TransactionListener listener) {
        CommandContext command = Context.getCommandContext();
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                if (state == TransactionState.COMMITTING || state == TransactionState.ROLLINGBACK) {
                    listener.execute(command);
                }
            }

            @Override
            public void afterCompletion(int status) {
                boolean committed = status == Status.STATUS_COMMITTED;
                if (committed ? state == TransactionState.COMMITTED : state == TransactionState.ROLLED_BACK) {
                    try {
                        afterwards.execute(() -> listener.execute(command));
                    } catch (RejectedExecutionException e) {
                        LOG.warning("The workflow engine begins a step late", "cause", String.valueOf(e.getMessage()));
                    }
                }
            }
        });
    }
}
