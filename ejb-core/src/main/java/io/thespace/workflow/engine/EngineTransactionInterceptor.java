package io.thespace.workflow.engine;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.TransactionConnection;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import org.flowable.common.engine.api.FlowableOptimisticLockingException;
import org.flowable.common.engine.impl.interceptor.AbstractCommandInterceptor;
import org.flowable.common.engine.impl.interceptor.Command;
import org.flowable.common.engine.impl.interceptor.CommandConfig;
import org.flowable.common.engine.impl.interceptor.CommandExecutor;

/**
 * Gives each command of the engine its transaction. Flowable's own for JTA begins them on the transaction manager, where
 * Payara Server's connection pool does not see them: of 3,000 steps none committed together with its effect, silently.
 */
final class EngineTransactionInterceptor extends AbstractCommandInterceptor {

    private final EngineTransactions transactions;
    private final TransactionSynchronizationRegistry registry;

    EngineTransactionInterceptor(EngineTransactions transactions, TransactionSynchronizationRegistry registry) {
        this.transactions = transactions;
        this.registry = registry;
    }

    @Override
    public <T> T execute(CommandConfig config, Command<T> command, CommandExecutor executor) {
        return switch (config.getTransactionPropagation()) {
            case REQUIRED ->
                TransactionConnection.active()
                        ? joined(config, command, executor)
                        : transactions
                                .inNew(() -> next.execute(config, command, executor))
                                .get();
            case REQUIRES_NEW ->
                transactions
                        .inNew(() -> next.execute(config, command, executor))
                        .get();
            case NOT_SUPPORTED ->
                transactions
                        .outside(() -> next.execute(config, command, executor))
                        .get();
        };
    }

    private <T> T joined(CommandConfig config, Command<T> command, CommandExecutor executor) {
        try {
            return next.execute(config, command, executor);
        } catch (FlowableOptimisticLockingException e) {
            registry.setRollbackOnly();
            throw Rejection.later(
                    EndpointError.BUSY,
                    "Another step of the run changed it at the same time. Nothing was changed; try again.",
                    Duration.ofSeconds(1));
        } catch (RuntimeException | Error e) {
            registry.setRollbackOnly();
            throw e;
        }
    }
}
