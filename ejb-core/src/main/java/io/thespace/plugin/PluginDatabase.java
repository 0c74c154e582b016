package io.thespace.plugin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.event.Outbox;
import io.thespace.migration.Database;
import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database.Work;
import io.thespace.plugin.api.EventType;
import io.thespace.tenant.Tenant;
import io.thespace.tenant.TenantConnectionProvider;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The database as a plugin sees it: its own schema, its own role, the actor's tenant. */
@Stateless
public class PluginDatabase {

    /** The connection that this thread's plugin works on, and the role that it works as; null for the application's own. */
    private record Open(Connection connection, String role) {}

    private static final ThreadLocal<Open> OPEN = new ThreadLocal<>();

    @Resource(lookup = Database.NAME)
    private DataSource database;

    @Inject
    private Migrations migrations;

    @Inject
    private Outbox outbox;

    /**
     * As {@link io.thespace.plugin.api.Database#transact}, for the plugin {@code id}.
     *
     * @param bundled whether it works as the application's role, which its scripts grant what it needs, since its tables
     *     belong to the platform's owner
     */
    public <T> T transact(String id, boolean bundled, Actor actor, Work<T> work) throws SQLException {
        Open before = OPEN.get();
        if (before != null) {
            return work.run(before.connection);
        }
        String role = bundled ? null : migrations.role(id);
        try (Tenant tenant = Tenant.bind(actor.orgId());
                Connection connection = database.getConnection()) {
            TenantConnectionProvider.stamp(connection);
            become(connection, role, id);
            OPEN.set(new Open(connection, role));
            try {
                return work.run(connection);
            } finally {
                OPEN.remove();
                restore(connection);
            }
        }
    }

    /**
     * Writes a plugin's event in the transaction of its cause, as the platform's role and not as the plugin's.
     *
     * @param mapper the plugin's own
     */
    public void publish(String id, Actor actor, EventType type, String subject, Object data, ObjectMapper mapper) {
        Open open = OPEN.get();
        if (open == null) {
            outbox.publish(actor, "/plugins/" + id, type.name(), subject, data, mapper);
            return;
        }
        // The transaction's connection once more: on Payara the plugin's own handle would act on another one from here.
        try (Connection same = database.getConnection()) {
            restore(same);
            outbox.publish(actor, "/plugins/" + id, type.name(), subject, data, mapper);
            outbox.flush();
            become(same, open.role, id);
        } catch (SQLException e) {
            throw new IllegalStateException("The event cannot be written", e);
        }
    }

    private static void become(Connection connection, String role, String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (role != null) {
                statement.execute("set local role " + statement.enquoteIdentifier(role, true));
            }
            statement.execute("set local search_path = " + statement.enquoteIdentifier(schema, true) + ", pg_temp");
        }
    }

    /** In a transaction that failed there is nothing left to restore: it ends in a rollback, which restores all. */
    private static void restore(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local role none; set local search_path to default");
        } catch (SQLException e) {
            if (!"25P02".equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
