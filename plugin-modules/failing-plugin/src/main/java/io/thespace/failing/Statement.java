package io.thespace.failing;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Runs any SQL in the plugin's transaction, and acts for any organization. */
final class Statement {

    /**
     * A statement to run.
     *
     * @param organization the organization that the plugin claims to act for; null for the caller's own
     */
    public record Order(@NotBlank @Size(max = 2000) String sql, UUID organization) {

        static final Order EXAMPLE = new Order("select 1", null);
    }

    /**
     * The result of a statement.
     *
     * @param value the first column of the last result's first row, as text; null without one
     */
    public record Outcome(String value) {

        static final Outcome EXAMPLE = new Outcome("1");
    }

    private final Database database;
    private final Events events;

    Statement(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    /** Runs a text of one or more statements, and publishes that it ran. */
    Outcome run(Actor caller, Order order) {
        Actor actor = order.organization() == null
                ? caller
                : new Actor(
                        order.organization(), caller.userId(), Role.ADMIN, null, caller.requestId(), null, null, false);
        try {
            Outcome outcome = database.transact(actor, connection -> run(connection, order.sql()));
            events.publish(actor, StatementRun.TYPE, "statement", new StatementRun(order.sql()));
            return outcome;
        } catch (SQLException e) {
            throw new Rejection(FailingError.SQL_FAILED, e.getSQLState() + ": " + e.getMessage());
        }
    }

    private static Outcome run(Connection connection, String sql) throws SQLException {
        String value = null;
        try (java.sql.Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    try (ResultSet result = statement.getResultSet()) {
                        value = result.next() ? result.getString(1) : null;
                    }
                }
                rows = statement.getMoreResults();
            }
        }
        return new Outcome(value);
    }
}
