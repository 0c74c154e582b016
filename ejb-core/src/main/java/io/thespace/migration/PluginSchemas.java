package io.thespace.migration;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.tenant.SpaceDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.ds.PGSimpleDataSource;

/** The schemas of plugins and the roles that own them (ADR 0025, ADR 0029). */
final class PluginSchemas {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A condition on tables: those with rows of tenants. */
    private static final String OF_TENANTS = "and exists (select 1 from pg_attribute a where a.attrelid = c.oid"
            + " and a.attname = 'org_id' and not a.attisdropped)";

    private final Configuration configuration;

    PluginSchemas(Configuration configuration) {
        this.configuration = configuration;
    }

    /** The database role that owns the schema of a plugin and runs its scripts. Roles belong to all databases of a server, so it is named after this one too. */
    String role(String plugin) {
        String database = configuration.get(Key.DATABASE_URL).jdbc().replaceFirst(".*/", "");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(database.getBytes(StandardCharsets.UTF_8));
            return "space_" + plugin + "_" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Its role can sign in during the migration only. */
    MigrationInfoService migrateBundled(Connection owner, String plugin, FluentConfiguration scripts, boolean rehearsal)
            throws SQLException {
        String role = role(plugin);
        MigrationInfoService info = inOneTransaction(scripts).load().info();
        if (!settled(owner, plugin, role, true) || info.pending().length > 0) {
            byte[] random = new byte[24];
            RANDOM.nextBytes(random);
            String password = HexFormat.of().formatHex(random);
            openSchema(owner, plugin, role, password, true);
            try {
                run(owner, plugin, scripts, true, password, rehearsal, false);
            } finally {
                try (Statement statement = owner.createStatement()) {
                    statement.execute("alter role " + statement.enquoteIdentifier(role, true) + " nologin");
                }
            }
        } else if (!rehearsal) {
            inOneTransaction(scripts).load().validate();
        }
        return info;
    }

    /**
     * Its role signs in as long as the plugin is installed. Everything in its schema is read as that role too: what its owner made of
     * a table could run code of its own when it is read.
     */
    void migrateInstalled(Connection owner, String plugin, FluentConfiguration scripts, boolean rehearsal)
            throws SQLException {
        String role = role(plugin);
        String password = configuration.databaseRolePassword(role);
        boolean settled = settled(owner, plugin, role, false) && signsIn(role, password);
        if (!settled) {
            openSchema(owner, plugin, role, password, false);
        }
        run(owner, plugin, scripts, false, password, rehearsal, settled);
    }

    private boolean signsIn(String role, String password) throws SQLException {
        try (Connection connection =
                SpaceDataSource.session(configuration, role, "core").getConnection(role, password)) {
            return true;
        } catch (SQLException e) {
            if (Set.of(Roles.WRONG_PASSWORD, Roles.NO_SUCH_ROLE, Roles.MAY_NOT_CONNECT)
                    .contains(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** @param settled whether the scripts need only be validated when none is pending */
    private void run(
            Connection owner,
            String plugin,
            FluentConfiguration scripts,
            boolean bundled,
            String password,
            boolean rehearsal,
            boolean settled)
            throws SQLException {
        String role = role(plugin);
        ScriptDataSource source = new ScriptDataSource(SpaceDataSource.scripts(
                configuration, role, password, configuration.get(Key.PLUGIN_MIGRATION_SECONDS)));
        FluentConfiguration flyway = inOneTransaction(scripts).dataSource(source);
        try {
            int pending = flyway.load().info().pending().length;
            if (rehearsal) {
                rehearse(flyway, pending);
            } else if (settled && pending == 0) {
                flyway.load().validate();
            } else {
                migrate(flyway, plugin, bundled);
            }
        } finally {
            source.end(owner);
        }
    }

    private static FluentConfiguration inOneTransaction(FluentConfiguration scripts) {
        return scripts.createSchemas(false)
                .failOnMissingLocations(false)
                .group(true)
                .callbacks(new InOneTransaction());
    }

    /**
     * Whether all is as {@link #openSchema} and the migrations leave it. A process that was killed in the middle leaves a
     * role of a bundled plugin that can sign in.
     */
    private boolean settled(Connection owner, String plugin, String role, boolean bundled) throws SQLException {
        try (PreparedStatement query = owner.prepareStatement(
                "select exists (select 1 from pg_namespace n"
                        + " join pg_roles r on r.oid = n.nspowner"
                        + " where n.nspname = ? and r.rolname = ? and r.rolcanlogin <> ?"
                        + " and not pg_has_role(?, r.oid, 'member')"
                        + " and (? or has_schema_privilege(r.oid, 'plugin_call', 'usage') and not exists (select 1 from pg_proc p"
                        + " where p.pronamespace = 'plugin_call'::regnamespace and not has_function_privilege(r.oid, p.oid, 'execute'))))")) {
            query.setString(1, plugin);
            query.setString(2, role);
            query.setBoolean(3, bundled);
            query.setString(4, configuration.get(Key.DATABASE_APP_USER));
            query.setBoolean(5, bundled);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1)
                        && (bundled
                                ? ofOthers(owner, plugin, role).isEmpty()
                                : tables(owner, plugin, OF_TENANTS + " and not c.relforcerowsecurity")
                                        .isEmpty());
            }
        }
    }

    /** The schema and the role, which may sign in with this password. */
    private void openSchema(Connection owner, String plugin, String role, String password, boolean bundled)
            throws SQLException {
        owner.setAutoCommit(false);
        Roles.letSignIn(owner, role, password);
        try (Statement statement = owner.createStatement()) {
            String name = statement.enquoteIdentifier(role, true);
            String schema = statement.enquoteIdentifier(plugin, true);
            statement.execute("grant " + name + " to current_user");
            statement.execute("create schema if not exists " + schema + " authorization " + name);
            if (bundled) {
                // Once the platform's owner ran the scripts of bundled plugins, and what they made was its.
                statement.execute("alter schema " + schema + " owner to " + name);
                for (String thing : ofOthers(owner, plugin, role)) {
                    statement.execute("alter " + thing + " owner to " + name);
                }
            } else {
                statement.execute("grant usage on schema plugin_call to " + name);
                statement.execute("grant execute on all functions in schema plugin_call to " + name);
                // Earlier versions let the application's role take it on.
                statement.execute("revoke " + name + " from "
                        + statement.enquoteIdentifier(configuration.get(Key.DATABASE_APP_USER), true));
            }
        }
        owner.commit();
        owner.setAutoCommit(true);
    }

    /**
     * The objects of a schema that its role does not own, as ALTER names them; a serial column's sequence moves with
     * its table.
     */
    private static List<String> ofOthers(Connection owner, String schema, String role) throws SQLException {
        try (PreparedStatement query = owner.prepareStatement("select 'table ' || c.oid::regclass from pg_class c"
                + " where c.relnamespace = to_regnamespace(quote_ident(?)) and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')"
                + " and pg_get_userbyid(c.relowner) <> ? and not exists (select 1 from pg_depend d"
                + " where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')"
                + " and c.relkind = 'S')"
                + " union all select 'routine ' || p.oid::regprocedure from pg_proc p"
                + " where p.pronamespace = to_regnamespace(quote_ident(?)) and pg_get_userbyid(p.proowner) <> ?")) {
            query.setString(1, schema);
            query.setString(2, role);
            query.setString(3, schema);
            query.setString(4, role);
            return texts(query);
        }
    }

    private static void migrate(FluentConfiguration flyway, String plugin, boolean bundled) throws SQLException {
        flyway.load().migrate();
        if (!bundled) {
            try (Connection own = flyway.getDataSource().getConnection()) {
                separateTenants(own, plugin);
            }
        }
    }

    private static void rehearse(FluentConfiguration flyway, int pending) {
        if (pending == 0) {
            return;
        }
        FlywayException over = new FlywayException("The rehearsal is over, so its transaction rolls back");
        try {
            flyway.callbacks(new InOneTransaction(pending, over)).load().migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause == over) {
                    return;
                }
            }
            throw e;
        }
    }

    /** An author cannot forget row-level security: it is switched on, also for the tables' owner, wherever there is an org_id. */
    private static void separateTenants(Connection own, String schema) throws SQLException {
        List<String> tables = tables(own, schema, OF_TENANTS);
        own.setAutoCommit(false);
        try (Statement statement = own.createStatement()) {
            for (String table : tables) {
                String name =
                        statement.enquoteIdentifier(schema, true) + "." + statement.enquoteIdentifier(table, true);
                statement.execute("alter table " + name + " enable row level security, force row level security");
                statement.execute("drop policy if exists tenant on " + name);
                statement.execute("create policy tenant on " + name + " as restrictive"
                        + " using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)");
                // The tenant's policy only narrows; a table without a policy of its author's needs one that lets its
                // rows be seen.
                statement.execute("do $$ begin if not exists (select 1 from pg_policy where polrelid = "
                        + statement.enquoteLiteral(name)
                        + "::regclass and polpermissive) then create policy everyone on "
                        + name + " using (true); end if; end $$");
            }
        }
        own.commit();
    }

    /**
     * All rows of an installed plugin's schema: a zip with a file of JSON lines for each table. The plugin does not run meanwhile. Read
     * as the plugin's role: to read a table may run code that its owner attached to it.
     *
     * @return empty when it is larger than the maximum
     */
    Optional<byte[]> export(String plugin, int maxBytes) {
        Bounded bytes = new Bounded(maxBytes);
        String role = role(plugin);
        PGSimpleDataSource source = SpaceDataSource.scripts(
                configuration,
                role,
                configuration.databaseRolePassword(role),
                configuration.get(Key.PLUGIN_MIGRATION_SECONDS));
        try (Connection owner = SpaceDataSource.owner(configuration).getConnection();
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            List<String> tables = tables(owner, plugin, "and c.relname <> 'flyway_schema_history'");
            if (!tables.isEmpty()) {
                try (Connection own = source.getConnection();
                        Statement statement = own.createStatement()) {
                    own.setAutoCommit(false);
                    CopyManager copies = own.unwrap(PGConnection.class).getCopyAPI();
                    for (String table : tables) {
                        String name = statement.enquoteIdentifier(plugin, true) + "."
                                + statement.enquoteIdentifier(table, true);
                        // Its owner sees all tenants' rows, until the rollback.
                        statement.execute("alter table " + name + " no force row level security");
                        zip.putNextEntry(new ZipEntry(table + ".jsonl"));
                        // CSV with a quote and a delimiter that JSON cannot contain, so that rows are copied unchanged.
                        copies.copyOut(
                                "copy (select row_to_json(t)::text from " + name
                                        + " t) to stdout with (format csv, quote e'\\x01', delimiter e'\\x02')",
                                zip);
                        zip.closeEntry();
                    }
                    own.rollback();
                }
            }
            zip.finish();
        } catch (SQLException | IOException e) {
            if (bytes.full) {
                return Optional.empty();
            }
            throw new IllegalStateException(
                    "The data of %s cannot be exported: %s".formatted(plugin, e.getMessage()), e);
        }
        return Optional.of(bytes.bytes.toByteArray());
    }

    /** Bytes up to a maximum; a write of more fails. */
    private static final class Bounded extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int maxBytes;
        boolean full;

        Bounded(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] more, int from, int length) throws IOException {
            if (length > maxBytes - bytes.size()) {
                full = true;
                throw new IOException("More than %d bytes".formatted(maxBytes));
            }
            bytes.write(more, from, length);
        }
    }

    private static List<String> tables(Connection connection, String schema, String condition) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select c.relname from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = ? and c.relkind in ('r', 'p') " + condition + " order by 1")) {
            query.setString(1, schema);
            return texts(query);
        }
    }

    private static List<String> texts(PreparedStatement query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** Deletes a schema with all that is in it, and its role. */
    void purge(Connection owner, String plugin) throws SQLException {
        String role = role(plugin);
        try (Statement statement = owner.createStatement()) {
            statement.execute("drop schema if exists " + statement.enquoteIdentifier(plugin, true) + " cascade");
            if (Roles.exists(owner, role)) {
                statement.execute("drop owned by " + statement.enquoteIdentifier(role, true));
                statement.execute("drop role " + statement.enquoteIdentifier(role, true));
            }
        }
    }
}
