package io.thespace.transaction;

import io.thespace.tenant.TransactionConnection;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.NamingManager;
import javax.sql.DataSource;

/** Transactions of one database outside of a server, where the platform's statements and the engine's find them. */
public final class TestTransactions {

    private static final String REGISTRY_NAME = "java:comp/TransactionSynchronizationRegistry";
    private static final ThreadLocal<Running> CURRENT = new ThreadLocal<>();

    private static final TransactionSynchronizationRegistry REGISTRY =
            (TransactionSynchronizationRegistry) Proxy.newProxyInstance(
                    TestTransactions.class.getClassLoader(),
                    new Class<?>[] {TransactionSynchronizationRegistry.class},
                    (proxy, method, arguments) -> of(CURRENT.get(), method.getName(), arguments));

    private static final class Running {
        private final Map<Object, Object> resources = new HashMap<>();
        private final List<Synchronization> synchronizations = new ArrayList<>();
        private final List<Connection> connections = new ArrayList<>();
        private int status = Status.STATUS_ACTIVE;
    }

    private final DataSource database;

    /** The transactions of a database; its connections are the role's that the platform works as. */
    public TestTransactions(DataSource database) throws NamingException {
        this.database = database;
        if (!NamingManager.hasInitialContextFactoryBuilder()) {
            NamingManager.setInitialContextFactoryBuilder(environment -> ignored -> names());
        }
    }

    private static Context names() {
        return (Context) Proxy.newProxyInstance(
                TestTransactions.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("lookup") && REGISTRY_NAME.equals(arguments[0])) {
                        return REGISTRY;
                    }
                    throw new NameNotFoundException(method.getName());
                });
    }

    private static Object of(Running running, String method, Object... arguments) {
        if (running == null) {
            return method.equals("getTransactionStatus") ? (Object) Status.STATUS_NO_TRANSACTION : null;
        }
        return switch (method) {
            case "getTransactionKey" -> running;
            case "getTransactionStatus" -> running.status;
            case "getResource" -> running.resources.get(arguments[0]);
            case "putResource" -> running.resources.put(arguments[0], arguments[1]);
            case "registerInterposedSynchronization" -> running.synchronizations.add((Synchronization) arguments[0]);
            case "getRollbackOnly" -> running.status != Status.STATUS_ACTIVE;
            case "setRollbackOnly" -> {
                running.status = Status.STATUS_MARKED_ROLLBACK;
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        };
    }

    public TransactionSynchronizationRegistry registry() {
        return REGISTRY;
    }

    /** Within a transaction its connections, which end with it. */
    public DataSource connections() {
        return (DataSource) Proxy.newProxyInstance(
                TestTransactions.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        return method.invoke(database, arguments);
                    }
                    Connection connection = database.getConnection();
                    Running running = CURRENT.get();
                    if (running == null) {
                        return connection;
                    }
                    connection.setAutoCommit(false);
                    running.connections.add(connection);
                    return TransactionConnection.unclosable(connection);
                });
    }

    /** Statements in the running transaction. */
    public TransactionStatements statements() {
        DataSource connections = connections();
        return new TransactionStatements() {
            @Override
            public <T> T run(Work<T> work) {
                if (!TransactionConnection.active()) {
                    throw new IllegalStateException("These statements belong into the transaction of their cause");
                }
                try {
                    return work.run(TransactionConnection.open(connections::getConnection));
                } catch (SQLException e) {
                    throw new PersistenceException("A statement failed", e);
                }
            }
        };
    }

    public Rows rows() {
        return new Rows(statements());
    }

    /** Runs work in a transaction of its own. */
    public <T> T inNew(Supplier<T> work) {
        Running suspended = CURRENT.get();
        Running running = new Running();
        CURRENT.set(running);
        boolean committed = false;
        try {
            T result = work.get();
            running.synchronizations.forEach(Synchronization::beforeCompletion);
            if (running.status != Status.STATUS_ACTIVE) {
                throw new IllegalStateException("The transaction is marked for rollback");
            }
            for (Connection connection : running.connections) {
                connection.commit();
            }
            committed = true;
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException("The transaction cannot be committed", e);
        } finally {
            end(running, committed);
            restore(suspended);
        }
    }

    private static void restore(Running suspended) {
        if (suspended == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(suspended);
        }
    }

    private static void end(Running running, boolean committed) {
        for (Connection connection : running.connections) {
            try {
                if (!committed) {
                    connection.rollback();
                }
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException("The transaction cannot be ended", e);
            }
        }
        running.status = committed ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK;
        CURRENT.remove();
        running.synchronizations.forEach(synchronization -> synchronization.afterCompletion(running.status));
    }
}
