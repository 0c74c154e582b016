package io.thespace.tenant;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection that survives a restart of the database while it is idle in a server's pool: before a transaction
 * begins, and only then, a dead one is reopened. The servers' own pools can do that too, but each is configured
 * differently. The servers' own pools can do that too, but each has to be told in its own way.
 *
 * <p>Within a transaction a dead connection remains dead and every call on it fails, so that no transaction continues
 * after losing its first half.
 */
final class ReopeningConnection implements InvocationHandler {

    /** Opens a connection. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /** The time after its last use within which a connection needs no validation. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    private static final int PROBE_LIMIT_SECONDS = 2;

    private final Opener opener;
    private Connection connection;
    /**
     * The pool's view of the transaction. A statement that the pool regards as part of a transaction must never reach a
     * connection in auto-commit mode, so this field changes exactly as the pool's own state does: WildFly regards a
     * transaction as begun even if its beginning failed, and as ended only if ending it succeeded.
     */
    private boolean inTransaction;
    /** Whether nothing was done in the transaction, or nothing since it was ended, well or badly. */
    private boolean idle;

    private long usedNanos = System.nanoTime();

    private ReopeningConnection(Opener opener) throws SQLException {
        this.opener = opener;
        this.connection = opener.open();
    }

    static Connection open(Opener opener) throws SQLException {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, new ReopeningConnection(opener));
    }

    @Override
    public synchronized Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        boolean ends = method.getName().equals("close")
                || method.getName().equals("abort")
                || method.getDeclaringClass() == Object.class;
        boolean begins = method.getName().equals("setAutoCommit") && !(Boolean) arguments[0];
        boolean leaves = method.getName().equals("setAutoCommit") && (Boolean) arguments[0];
        if (begins) {
            begin();
        } else if (leaves && connection.isClosed()) {
            // The transaction is lost already and its owner got the error; the next one gets a new connection.
            inTransaction = false;
            return null;
        } else if (!ends && !inTransaction) {
            reopenIfDead();
        }
        if (method.getName().startsWith("create") || method.getName().startsWith("prepare")) {
            idle = false;
        } else if (arguments == null
                && (method.getName().equals("commit") || method.getName().equals("rollback"))) {
            idle = true;
        }
        try {
            Object result = method.invoke(connection, arguments);
            if (leaves) {
                inTransaction = false;
            }
            return result;
        } catch (InvocationTargetException e) {
            if (method.getName().equals("commit") && e.getCause() instanceof SQLException failure && lost(failure)) {
                throw new SQLException(
                        SpaceDataSource.LOST_AT_COMMIT + ": " + failure.getMessage(), failure.getSQLState(), failure);
            }
            throw e.getCause();
        } finally {
            usedNanos = System.nanoTime();
        }
    }

    /** Classes 08 (connection) and 57P (shutdown and start). */
    static boolean lost(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    private void begin() throws SQLException {
        // Payara begins the next transaction straight after a commit that failed, without leaving the last one first.
        boolean first = !inTransaction || (idle && connection.isClosed());
        inTransaction = true;
        idle = true;
        if (first) {
            reopenIfDead();
        }
    }

    private void reopenIfDead() throws SQLException {
        if (System.nanoTime() - usedNanos < FRESH_NANOS
                ? connection.isClosed()
                : !connection.isValid(PROBE_LIMIT_SECONDS)) {
            connection.close();
            connection = opener.open();
        }
    }
}
