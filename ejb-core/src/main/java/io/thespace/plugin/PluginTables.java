package io.thespace.plugin;

import io.thespace.configuration.Configuration;
import io.thespace.migration.Migrations;
import io.thespace.plugin.api.PersonIdentifier;
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

    /** The tables in the database of this process. */
    @Inject
    PluginTables(Migrations migrations) {
        this(migrations, Configuration.get());
    }

    PluginTables(Migrations migrations, Configuration configuration) {
        this.migrations = migrations;
        this.configuration = configuration;
    }

    /** Work in a schema. */
    @FunctionalInterface
    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * In how many rows of a table, of an organization's, an identifier stands as text or as bytes; at most 1,000. Columns that hold
     * no text are the plugin's own to erase, a person's number that is stored as a number among them: in all numbers, ids and times
     * of others it would be found, too.
     *
     * @throws IllegalStateException when the table cannot be searched
     */
    public long traces(UUID orgId, String schema, String table, String identifier) {
        return in(schema, orgId, connection -> {
            List<String> texts = new ArrayList<>();
            List<String> bytes = new ArrayList<>();
            columns(connection, schema, table, texts, bytes);
            List<String> conditions = new ArrayList<>();
            if (!texts.isEmpty()) {
                conditions.add("plugin_call.mentions(pg_catalog.array_to_string(array[%s], e'\\n'), ?)"
                        .formatted(String.join(", ", texts)));
            }
            bytes.forEach(column -> conditions.add("position(? in %s) > 0".formatted(column)));
            if (conditions.isEmpty()) {
                return 0L;
            }
            try (Statement quoting = connection.createStatement();
                    PreparedStatement query = connection.prepareStatement("select count(*) from (select from "
                            + quoting.enquoteIdentifier(schema, true) + "." + quoting.enquoteIdentifier(table, true)
                            + " t where t.org_id::text = ? and (" + String.join(" or ", conditions) + ") limit "
                            + MAX_TRACES + ") s")) {
                int parameter = 1;
                query.setString(parameter++, orgId.toString());
                if (!texts.isEmpty()) {
                    query.setString(parameter++, PersonIdentifier.mention(identifier));
                }
                for (int i = 0; i < bytes.size(); i++) {
                    query.setBytes(parameter++, identifier.getBytes(StandardCharsets.UTF_8));
                }
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /** The columns of a table that may hold a text, as texts and as bytes. */
    private static void columns(
            Connection connection, String schema, String table, List<String> texts, List<String> bytes)
            throws SQLException {
        try (PreparedStatement columns = connection.prepareStatement(
                "select pg_catalog.quote_ident(a.attname), a.atttypid = 'pg_catalog.bytea'::pg_catalog.regtype"
                        + " from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid"
                        + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped"
                        + " and plugin_call.holds_text(a.atttypid) order by a.attnum")) {
            columns.setString(1, schema);
            columns.setString(2, table);
            try (ResultSet rows = columns.executeQuery()) {
                while (rows.next()) {
                    if (rows.getBoolean(2)) {
                        bytes.add("t." + rows.getString(1));
                    } else {
                        texts.add("t." + rows.getString(1) + "::text");
                    }
                }
            }
        }
    }

    /**
     * Whether a schema contains rows of an organization, or rows without an organization.
     *
     * @throws IllegalStateException when it cannot be read
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

    /** One query per table, which finds a row. */
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
