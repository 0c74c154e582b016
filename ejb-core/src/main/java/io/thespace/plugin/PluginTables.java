package io.thespace.plugin;

import io.thespace.configuration.Configuration;
import io.thespace.migration.Migrations;
import io.thespace.tenant.SpaceDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Searches the tables of installed plugins, whether they run or not. As the role that owns them: to read a table may run code that
 * its owner attached to it, such as a cast or a policy, with the rights of the reader.
 */
@ApplicationScoped
public class PluginTables {

    private static final int MAX_TRACES = 1_000;

    private Migrations migrations;
    private Configuration configuration;

    PluginTables() {}

    /** Of the database of this process. */
    @Inject
    PluginTables(Migrations migrations) {
        this(migrations, Configuration.get());
    }

    PluginTables(Migrations migrations, Configuration configuration) {
        this.migrations = migrations;
        this.configuration = configuration;
    }

    /** What is done in a schema. */
    @FunctionalInterface
    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * In how many rows of a table, of an organization's, an identifier stands as text or as bytes; at most 1,000.
     *
     * @throws IllegalStateException when the table cannot be searched
     */
    public long traces(UUID orgId, String schema, String table, String identifier) {
        return in(schema, orgId, connection -> {
            try (Statement quoting = connection.createStatement();
                    PreparedStatement query = connection.prepareStatement("select count(*) from (select from "
                            + quoting.enquoteIdentifier(schema, true) + "." + quoting.enquoteIdentifier(table, true)
                            + " t where t.org_id::text = ?"
                            + " and (plugin_call.mentions(t::text, ?) or position(? in t::text) > 0) limit "
                            + MAX_TRACES + ") s")) {
                query.setString(1, orgId.toString());
                query.setString(2, identifier);
                query.setString(3, HexFormat.of().formatHex(identifier.getBytes(StandardCharsets.UTF_8)));
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /**
     * Whether a schema holds rows of an organization, or rows that are no organization's.
     *
     * @throws IllegalStateException when it cannot be looked at
     */
    boolean holdsRows(UUID orgId, String schema) {
        return in(schema, orgId, connection -> {
            for (String query : queries(connection, schema)) {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery(query)) {
                    if (row.next()) {
                        return true;
                    }
                }
            }
            return false;
        });
    }

    /** One for each table, which finds a row. */
    private static List<String> queries(Connection connection, String schema) throws SQLException {
        List<String> queries = new ArrayList<>();
        try (PreparedStatement tables =
                connection.prepareStatement("select 'select 1 from ' || c.oid::regclass || ' t '"
                        + " || case when exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id'"
                        + " and not a.attisdropped) then 'where t.org_id::text = current_setting(''app.org_id'') ' else '' end"
                        + " || 'limit 1' from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = ? and c.relkind in ('r', 'p') and c.relname <> ?")) {
            tables.setString(1, schema);
            tables.setString(2, Migrations.HISTORY);
            try (ResultSet rows = tables.executeQuery()) {
                while (rows.next()) {
                    queries.add(rows.getString(1));
                }
            }
        }
        return queries;
    }

    private <T> T in(String schema, UUID orgId, Work<T> work) {
        try (Connection connection = SpaceDataSource.session(configuration, migrations.role(schema), schema)
                .getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement stamp = connection.prepareStatement("select set_config('app.org_id', ?, true)")) {
                stamp.setString(1, orgId == null ? "" : orgId.toString());
                stamp.execute();
            }
            T result = work.run(connection);
            connection.rollback();
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException("The tables of the plugin " + schema + " cannot be searched", e);
        }
    }
}
