package io.thespace.system;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.DatabaseUrl;
import io.thespace.configuration.Key;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The product's database, for what only it can tell or make. */
final class Database {

    private final Configuration configuration;

    Database(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Work on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** As the owner of the tables, whom no policy binds. */
    Connection owner() throws SQLException {
        DatabaseUrl url = configuration.get(Key.DATABASE_URL);
        return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
    }

    /** As the role that serves requests. */
    Connection application() throws SQLException {
        return DriverManager.getConnection(
                configuration.get(Key.DATABASE_URL).jdbc(),
                configuration.get(Key.DATABASE_APP_USER),
                configuration.databaseAppPassword());
    }

    /** Executes one statement as the owner. */
    int execute(String sql, Object... values) {
        try (Connection connection = owner()) {
            return execute(connection, sql, values);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** The first column of each row, as text, as the owner. */
    List<String> query(String sql, Object... values) {
        try (Connection connection = owner()) {
            return query(connection, sql, values);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** One number, as the owner. */
    long count(String sql, Object... values) {
        return Long.parseLong(query(sql, values).get(0));
    }

    static List<String> query(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            return rows;
        }
    }

    /** As the application's role inside a transaction that is stamped with a tenant, committed at the end. */
    <T> T asTenant(UUID orgId, Work<T> work) throws SQLException {
        try (Connection connection = application()) {
            connection.setAutoCommit(false);
            if (orgId != null) {
                query(connection, "select set_config('app.org_id', ?, true)", orgId.toString());
            }
            T result = work.on(connection);
            connection.commit();
            return result;
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
