package io.thespace.plugin;

import io.thespace.configuration.Configuration;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.SpaceDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets one node at a time change plugins. It is held on a connection of its own, so that it is released when its holder
 * ends, for whatever reason.
 */
final class ChangeLock implements AutoCloseable {

    /** Any number that nothing else in the database locks. */
    private static final long LOCK = 0x7468_6550_6c75_6769L;

    private static final String LOCK_TIMEOUT = "55P03";

    private final Connection connection;

    private ChangeLock(Connection connection) {
        this.connection = connection;
    }

    /**
     * Takes the lock.
     *
     * @throws Rejection {@code CHANGE_UNDER_WAY} when others have it for longer than the patience
     */
    static ChangeLock take(Duration patience) throws SQLException {
        Connection connection = SpaceDataSource.owner(Configuration.get()).getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = " + patience.toMillis());
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            return new ChangeLock(connection);
        } catch (SQLException e) {
            connection.close();
            if (LOCK_TIMEOUT.equals(e.getSQLState())) {
                throw Rejection.later(
                        PluginError.CHANGE_UNDER_WAY,
                        "Another change of plugins is under way. Try again in a moment.",
                        Duration.ofSeconds(5));
            }
            throw e;
        }
    }

    /** The lock, unless others have it. */
    static Optional<ChangeLock> tryTake() throws SQLException {
        Connection connection = SpaceDataSource.owner(Configuration.get()).getConnection();
        boolean taken = false;
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet row = statement.executeQuery()) {
                taken = row.next() && row.getBoolean(1);
            }
            return taken ? Optional.of(new ChangeLock(connection)) : Optional.empty();
        } finally {
            if (!taken) {
                connection.close();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
