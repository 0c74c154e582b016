package io.thespace.migration;

import io.thespace.tenant.GuardedConnection;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections for scripts, whose statements cannot end the transaction and which do not outlive the migration. */
final class ScriptDataSource implements DataSource {

    private final PGSimpleDataSource source;
    private final List<Integer> processes = new ArrayList<>();

    ScriptDataSource(PGSimpleDataSource source) {
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            processes.add(row.getInt(1));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return GuardedConnection.statements(connection);
    }

    /** Ends what is left of the connections: the server goes on with a statement when its client has given up. */
    void end(Connection owner) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(
                "select pg_terminate_backend(pid) from pg_stat_activity" + " where pid = any (?) and usename = ?")) {
            statement.setArray(1, owner.createArrayOf("integer", processes.toArray()));
            statement.setString(2, source.getUser());
            statement.execute();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("Scripts run as their plugin's role");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException("Scripts have guarded connections only");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
