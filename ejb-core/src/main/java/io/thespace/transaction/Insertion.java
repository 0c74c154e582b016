package io.thespace.transaction;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A row to insert. */
public final class Insertion {

    private final String sql;
    private final String function;
    private final Object[] values;

    private Insertion(String sql, String function, Object[] values) {
        this.sql = sql;
        this.function = function;
        this.values = values;
    }

    /**
     * Describes a row.
     *
     * @param sql an {@code insert} statement with a {@code ?} for each value; a constant, since the driver keeps its plan
     * @param function of {@code plugin_call}, that inserts the same values in the transaction of an installed plugin
     * @param values of types that JDBC maps itself; null for SQL's null
     */
    public static Insertion of(String sql, String function, Object... values) {
        return new Insertion(sql, function, values.clone());
    }

    String sql() {
        return sql;
    }

    /** A call of the function, with the ticket as its first argument. */
    String call() {
        return "select plugin_call." + function + "(?" + ", ?".repeat(values.length) + ")";
    }

    /** Sets the values from a position on, and returns the position after them. */
    int bind(PreparedStatement statement, int from) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(from + i, values[i]);
        }
        return from + values.length;
    }
}
