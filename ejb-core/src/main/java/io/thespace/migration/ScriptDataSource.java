package io.thespace.migration;

import io.thespace.tenant.GuardedConnection;
import io.thespace.tenant.WrappedDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections for scripts, whose statements cannot end the transaction and which do not outlive the migration. */
final class ScriptDataSource extends WrappedDataSource {

    /** The maximum time for ending the connections. */
    private static final Duration MAX_END = Duration.ofSeconds(5);

    private final PGSimpleDataSource source;
    private final List<Integer> processes = new ArrayList<>();

    ScriptDataSource(PGSimpleDataSource source) {
        super(source);
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

    /**
     * Terminates the remaining connections, and waits until they have ended: the server continues a statement after its
     * client has given up.
     */
    void end(Connection owner) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(
                "select pg_terminate_backend(pid, ?) from pg_stat_activity where pid = any (?) and usename = ?")) {
            statement.setLong(1, MAX_END.toMillis());
            statement.setArray(2, owner.createArrayOf("integer", processes.toArray()));
            statement.setString(3, source.getUser());
            statement.execute();
        }
    }
}
