package io.thespace.transaction;

import io.thespace.tenant.RoleSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.concurrent.Callable;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Runs work in a JTA transaction. Session beans that the work calls join it. Not a session bean itself: servers cannot
 * undeploy an application while one of its session beans is being called, and a plugin's handler may never return. Not
 * {@code @Transactional} either: with it RollbackIT failed on Payara Server as if statements outside of session beans
 * had run outside of the transaction.
 */
@ApplicationScoped
public class Transactions {

    /** One operation on a server's transactions. */
    @FunctionalInterface
    private interface Operation {
        void run() throws Exception;
    }

    /** Begins and completes the transactions of a server. */
    private record Demarcation(
            TransactionSynchronizationRegistry registry, Operation begin, Operation commit, Operation rollback) {}

    /** Thread-safe, and one for the whole server. */
    private volatile Demarcation demarcation;

    /**
     * Runs work in the active transaction, or in a new one that is committed after the work.
     *
     * @throws Exception what the work throws, errors included; the transaction is then rolled back
     */
    public <T> T required(Callable<T> work) throws Exception {
        Demarcation server = demarcation;
        if (server == null) {
            server = locate();
            demarcation = server;
        }
        if (server.registry.getTransactionStatus() != Status.STATUS_NO_TRANSACTION) {
            return joined(server.registry, work);
        }
        server.begin.run();
        T result;
        try {
            result = work.call();
            RoleSession session = RoleSession.current();
            if (session != null && server.registry.getTransactionStatus() == Status.STATUS_ACTIVE) {
                // Before the transaction's own commit, whose failure would contain less of the cause.
                session.commit();
            }
        } catch (Throwable failure) {
            try {
                server.rollback.run();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        // Throws when a session bean has marked the transaction for rollback, even though the work continued.
        server.commit.run();
        return result;
    }

    private static <T> T joined(TransactionSynchronizationRegistry registry, Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (Throwable failure) {
            try {
                registry.setRollbackOnly();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    /**
     * On WildFly by its transaction manager: a {@code UserTransaction} enlists the connections that it takes for open on the thread,
     * among them that of a commit that failed. On Payara Server by the {@code UserTransaction}: its pool does not see what the
     * transaction manager begins on a thread with a component's context, so that each statement would commit by itself.
     */
    @SuppressWarnings("BanJNDI") // the names are constants
    private static Demarcation locate() throws NamingException {
        TransactionSynchronizationRegistry registry =
                InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
        try {
            TransactionManager manager = InitialContext.doLookup("java:jboss/TransactionManager");
            return new Demarcation(registry, manager::begin, manager::commit, manager::rollback);
        } catch (NamingException e) {
            UserTransaction transaction = InitialContext.doLookup("java:comp/UserTransaction");
            return new Demarcation(registry, transaction::begin, transaction::commit, transaction::rollback);
        }
    }
}
