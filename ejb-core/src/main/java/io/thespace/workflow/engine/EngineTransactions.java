package io.thespace.workflow.engine;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.UserTransaction;
import java.util.function.Supplier;

/**
 * Runs the engine's commands in JTA transactions. A session bean, because the engine's acquiring threads are its own: only a
 * call of a session bean gives them a component's context, without which Payara Server lets each statement commit by itself.
 * A failure is returned and not thrown, so that no server wraps it or discards the bean.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class EngineTransactions {

    /** The result of a command: its value, or its failure. */
    public record Outcome<T>(T value, Throwable failure) {

        private static <T> Outcome<T> of(Supplier<T> command) {
            try {
                return new Outcome<>(command.get(), null);
            } catch (Throwable e) {
                return new Outcome<>(null, e);
            }
        }

        /** The value, or the failure thrown. */
        public T get() {
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            if (failure != null) {
                throw new IllegalStateException("A transaction of the workflow engine failed", failure);
            }
            return value;
        }
    }

    @Resource
    private UserTransaction transaction;

    /** Runs a command in a transaction of its own; the caller's is suspended meanwhile. */
    public <T> Outcome<T> inNew(Supplier<T> command) {
        try {
            transaction.begin();
        } catch (Exception e) {
            return new Outcome<>(null, e);
        }
        Outcome<T> outcome = Outcome.of(command);
        try {
            if (outcome.failure() == null) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
            return outcome;
        } catch (Exception e) {
            if (outcome.failure() != null) {
                outcome.failure().addSuppressed(e);
                return outcome;
            }
            return new Outcome<>(null, e);
        }
    }

    /** Runs a command outside of transactions. */
    public <T> Outcome<T> outside(Supplier<T> command) {
        return Outcome.of(command);
    }
}
