package io.thespace.tenant;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The connection of a JTA transaction: all persistence units and plugins that take part in it work on one handle, which is closed
 * when the transaction completes.
 *
 * <p>For a second handle that is open in a transaction Payara Server borrows a second connection from its pool, and callers that
 * hold one and wait for another exhaust it. Each borrowing also costs it a hash of the whole definition of the data source.
 */
public final class TransactionConnection {

    /** Opens a handle of the pooled data source. */
    @FunctionalInterface
    public interface Opener {
        Connection open() throws SQLException;
    }

    private static final System.Logger LOG = System.getLogger(TransactionConnection.class.getName());

    /** Thread-safe, and one for the whole server. */
    private static volatile TransactionSynchronizationRegistry transactions;

    private TransactionConnection() {}

    /**
     * Returns the transaction's connection, or a connection of its own where no transaction is active. It carries the tenant's
     * stamp, which lasts for the transaction.
     */
    public static Connection open(Opener opener) throws SQLException {
        return open(opener, transactions());
    }

    static Connection open(Opener opener, TransactionSynchronizationRegistry registry) throws SQLException {
        if (registry == null || registry.getTransactionKey() == null) {
            return stamped(opener, tenant());
        }
        Shared shared = (Shared) registry.getResource(Shared.class);
        if (shared != null) {
            shared.prepare(opener);
            return shared.connection;
        }
        String tenant = tenant();
        Connection connection = stamped(opener, tenant);
        shared = new Shared(connection, tenant);
        try {
            registry.registerInterposedSynchronization(shared);
        } catch (IllegalStateException e) {
            // The transaction completes already, so nothing would close the handle: its user does.
            return connection;
        }
        registry.putResource(Shared.class, shared);
        return connection;
    }

    /** Closes a connection that {@link #open} returned, unless it is the transaction's. */
    public static void release(Connection connection) throws SQLException {
        release(connection, transactions());
    }

    static void release(Connection connection, TransactionSynchronizationRegistry registry) throws SQLException {
        if (registry != null
                && registry.getTransactionKey() != null
                && registry.getResource(Shared.class) instanceof Shared shared
                && shared.connection == connection) {
            return;
        }
        connection.close();
    }

    /** Whether a transaction is active on this thread, one that is marked for rollback included. */
    public static boolean active() {
        TransactionSynchronizationRegistry registry = transactions();
        return registry != null && registry.getTransactionKey() != null;
    }

    /**
     * Runs an action when the transaction has committed, on the thread that commits it, and not when it is rolled back. A failure of
     * the action is logged.
     *
     * @throws IllegalStateException when the transaction has no connection yet
     */
    public static void afterCommit(Runnable action) {
        afterCommit(action, transactions());
    }

    static void afterCommit(Runnable action, TransactionSynchronizationRegistry registry) {
        if (registry == null
                || registry.getTransactionKey() == null
                || !(registry.getResource(Shared.class) instanceof Shared shared)) {
            throw new IllegalStateException("No transaction with a connection is active");
        }
        shared.afterCommit.add(action);
    }

    /** The same connection for code that may close what it is given: {@code close} does nothing. */
    public static Connection unclosable(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                TransactionConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Stamps the transaction of a connection with the current tenant. */
    public static void stamp(Connection connection) throws SQLException {
        stamp(connection, tenant());
    }

    private static void stamp(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select set_config('app.org_id', ?, true)")) {
            statement.setString(1, tenant);
            statement.execute();
        }
    }

    private static Connection stamped(Opener opener, String tenant) throws SQLException {
        Connection connection = opener.open();
        try {
            stamp(connection, tenant);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static String tenant() {
        return Tenant.current().map(UUID::toString).orElse("");
    }

    @SuppressWarnings("BanJNDI") // the name is a constant
    static TransactionSynchronizationRegistry transactions() {
        if (transactions == null) {
            try {
                transactions = InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
            } catch (NamingException e) {
                // Not on a thread of the container, such as when a persistence unit boots.
                return null;
            }
        }
        return transactions;
    }

    private static final class Shared implements Synchronization {

        private final List<Runnable> afterCommit = new ArrayList<>(1);
        private Connection connection;
        private String tenant;

        private Shared(Connection connection, String tenant) {
            this.connection = connection;
            this.tenant = tenant;
        }

        /** Writes during the commit, when no tenant is bound any more, keep the stamp. */
        private void prepare(Opener opener) throws SQLException {
            String now = tenant();
            String next = now.isEmpty() ? tenant : now;
            if (connection.isClosed()) {
                connection = stamped(opener, next);
            } else if (!next.equals(tenant)) {
                stamp(connection, next);
            }
            tenant = next;
        }

        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            try {
                connection.close();
            } catch (SQLException e) {
                // The transaction is over, and the pool discards a connection that cannot be closed.
            }
            if (status == Status.STATUS_COMMITTED) {
                afterCommit.forEach(Shared::run);
            }
        }

        private static void run(Runnable action) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "Action after a commit failed", e);
            }
        }
    }
}
