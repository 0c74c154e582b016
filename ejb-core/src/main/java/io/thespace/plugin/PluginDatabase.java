package io.thespace.plugin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.event.Outbox;
import io.thespace.migration.Database;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database.Work;
import io.thespace.plugin.api.EventType;
import io.thespace.tenant.Tenant;
import io.thespace.tenant.TransactionConnection;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The database as a bundled plugin sees it: the transaction's connection, with the plugin's schema in the search path. It works as the
 * application's role, which its scripts grant what it needs, and not as the owner of its tables, who could take away what guards them.
 */
@Stateless
public class PluginDatabase {

    /** The connection that this thread's plugin works on, and what is to be done once it is given back. */
    private record Open(Connection connection, List<Runnable> afterwards) {}

    private static final ThreadLocal<Open> OPEN = new ThreadLocal<>();

    @Resource(lookup = Database.NAME)
    private DataSource database;

    @Inject
    private Outbox outbox;

    /** As {@link io.thespace.plugin.api.Database#transact}, for the plugin {@code id}. */
    public <T> T transact(String id, Actor actor, Work<T> work) throws SQLException {
        Open before = OPEN.get();
        if (before != null) {
            return work.run(before.connection);
        }
        List<Runnable> afterwards = new ArrayList<>();
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            T result;
            Connection connection = TransactionConnection.open(database::getConnection);
            try {
                TransactionConnection.stamp(connection);
                find(connection, id);
                Connection lent = TransactionConnection.unclosable(connection);
                OPEN.set(new Open(lent, afterwards));
                try {
                    result = work.run(lent);
                } finally {
                    OPEN.remove();
                    restore(connection);
                }
            } finally {
                TransactionConnection.release(connection);
            }
            afterwards.forEach(Runnable::run);
            return result;
        }
    }

    /**
     * Writes a plugin's event in the transaction of its cause. Inside {@link #transact} that is at its end, since until then the
     * transaction's connection has the plugin's search path.
     *
     * @param mapper the plugin's own
     */
    public void publish(String id, Actor actor, EventType type, String subject, Object data, ObjectMapper mapper) {
        String source = "/plugins/" + id;
        String json = Outbox.json(type, data, mapper);
        Runnable publish = () -> outbox.publishJson(actor, source, type.name(), subject, json);
        Open open = OPEN.get();
        if (open == null) {
            publish.run();
        } else {
            open.afterwards.add(publish);
        }
    }

    private static void find(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local search_path = " + statement.enquoteIdentifier(schema, true) + ", pg_temp");
        }
    }

    /** In a transaction that failed there is nothing left to restore: it ends in a rollback, which restores all. */
    private static void restore(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local search_path to default");
        } catch (SQLException e) {
            if (!"25P02".equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
