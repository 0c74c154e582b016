package io.thespace.transaction;

import io.thespace.migration.Database;
import io.thespace.tenant.RoleSession;
import io.thespace.tenant.TransactionConnection;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The statements that the pipeline adds to each call, on the connection of the call's transaction and with its tenant's stamp. In
 * plain JDBC: the persistence context of these insertions (session, flush, query plans) was a ninth of the CPU samples of a transfer on
 * Payara Server.
 */
@ApplicationScoped
public class TransactionStatements {

    /** Work on the connection. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    @Resource(lookup = Database.NAME)
    private DataSource database;

    /**
     * Inserts rows, all of them in one round trip; in the transaction of an installed plugin through the plugin's session.
     *
     * @throws IllegalStateException without an active transaction
     * @throws PersistenceException around what the database refuses
     */
    public void insert(List<Insertion> rows) {
        RoleSession session = RoleSession.current();
        if (session != null) {
            insert(session, rows);
            return;
        }
        run(connection -> {
            insert(connection, rows);
            return null;
        });
    }

    private static void insert(RoleSession session, List<Insertion> rows) {
        try {
            session.asPlatform((connection, ticket) -> {
                for (Insertion row : rows) {
                    try (PreparedStatement statement = connection.prepareStatement(row.call())) {
                        statement.setString(1, ticket);
                        row.bind(statement, 2);
                        statement.execute();
                    }
                }
                return null;
            });
        } catch (SQLException e) {
            throw new PersistenceException("A statement of the pipeline failed", e);
        }
    }

    /**
     * Runs an action when the transaction has committed, and not when it is rolled back. A failure of the action is logged.
     *
     * @throws IllegalStateException when the transaction has no connection yet
     */
    public void afterCommit(Runnable action) {
        RoleSession session = RoleSession.current();
        if (session != null) {
            session.afterCommit(action);
        } else {
            TransactionConnection.afterCommit(action);
        }
    }

    /**
     * Works on the platform's connection in the transaction.
     *
     * @throws IllegalStateException without an active transaction
     * @throws PersistenceException around what the database refuses
     */
    public <T> T run(Work<T> work) {
        if (!TransactionConnection.active()) {
            throw new IllegalStateException("These statements belong into the transaction of their cause");
        }
        try {
            Connection connection = TransactionConnection.open(database::getConnection);
            try {
                return work.run(connection);
            } finally {
                TransactionConnection.release(connection);
            }
        } catch (SQLException e) {
            throw new PersistenceException("A statement of the pipeline failed", e);
        }
    }

    /** Several statements in one text: the driver sends them together, and each keeps its own plan. */
    public static void insert(Connection connection, List<Insertion> rows) throws SQLException {
        String sql = rows.get(0).sql();
        for (int i = 1; i < rows.size(); i++) {
            sql += ";" + rows.get(i).sql();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = 1;
            for (Insertion row : rows) {
                next = row.bind(statement, next);
            }
            statement.execute();
        }
    }
}
