package io.thespace.tenant;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * A connection for code that must not end the transaction it works in: a statement that begins, commits or rolls back a transaction
 * is refused before it is sent, with SQLSTATE 2D000.
 */
public final class GuardedConnection {

    /** {@code invalid_transaction_termination}. */
    private static final String REFUSED = "2D000";

    /** {@code connection_does_not_exist}. */
    private static final String OVER = "08003";

    private static final Set<String> OF_THE_OWNER =
            Set.of("commit", "setAutoCommit", "abort", "setNetworkTimeout", "setReadOnly", "setTransactionIsolation");

    private final Connection connection;
    private final boolean lent;
    private final Connection proxy;
    private volatile boolean over;

    private GuardedConnection(Connection connection, boolean lent) {
        this.connection = connection;
        this.lent = lent;
        this.proxy = (Connection) proxy(Connection.class, this::onConnection);
    }

    /** Guards the texts of statements; the methods of the connection end transactions as ever. */
    public static Connection statements(Connection connection) {
        return new GuardedConnection(connection, false).proxy;
    }

    /** Guards the texts of statements and the methods of the connection, of which {@code close} does nothing. */
    static GuardedConnection lent(Connection connection) {
        return new GuardedConnection(connection, true);
    }

    Connection connection() {
        return proxy;
    }

    /** Makes the connection, and each statement that it made, refuse everything from now on. */
    void revoke() {
        over = true;
    }

    private Object onConnection(Object self, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (lent) {
            switch (name) {
                case "close" -> {
                    return null;
                }
                case "isClosed" -> {
                    return over || connection.isClosed();
                }
                case "isWrapperFor" -> {
                    return false;
                }
                case "unwrap" -> throw refused("Plugins may not use the driver's own connection");
                case "rollback" -> {
                    if (arguments == null) {
                        throw refused("The transaction ends with the call; throw an exception to roll it back");
                    }
                }
                default -> {
                    if (OF_THE_OWNER.contains(name)) {
                        throw refused("Plugins may not call " + name);
                    }
                }
            }
        }
        if (name.startsWith("prepare") && arguments != null) {
            check((String) arguments[0]);
        }
        Object result = invoke(connection, method, arguments);
        if (result instanceof Statement statement) {
            return proxy(method.getReturnType(), (proxy, call, values) -> onStatement(statement, call, values));
        }
        if (lent && result instanceof DatabaseMetaData data) {
            return proxy(
                    DatabaseMetaData.class,
                    (proxy, call, values) ->
                            call.getName().equals("getConnection") ? this.proxy : onWrapper(data, call, values));
        }
        return result;
    }

    private Object onStatement(Statement statement, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("getConnection")) {
            return proxy;
        }
        boolean text =
                method.getName().startsWith("execute") || method.getName().equals("addBatch");
        if (text && arguments != null && arguments[0] instanceof String sql) {
            check(sql);
        }
        return onWrapper(statement, method, arguments);
    }

    private Object onWrapper(Object target, Method method, Object[] arguments) throws Throwable {
        if (lent && method.getName().equals("unwrap")) {
            throw refused("Plugins may not use the driver's own objects");
        }
        return invoke(target, method, arguments);
    }

    private Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        if (over
                && method.getDeclaringClass() != Object.class
                && !method.getName().equals("close")) {
            throw new SQLException("The call that this connection was lent to is over", OVER);
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void check(String sql) throws SQLException {
        // As the server reads strings in this session, since the driver splits the text into statements likewise.
        String conforming = connection.unwrap(PGConnection.class).getParameterStatus("standard_conforming_strings");
        String refused = TransactionControl.find(sql, !"off".equals(conforming));
        if (refused != null) {
            throw refused("%s is not allowed: the platform ends the transaction".formatted(refused));
        }
    }

    private static SQLException refused(String message) {
        return new SQLException(message, REFUSED);
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(GuardedConnection.class.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
