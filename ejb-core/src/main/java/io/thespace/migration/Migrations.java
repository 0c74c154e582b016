package io.thespace.migration;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.log.Log;
import io.thespace.tenant.SpaceDataSource;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.logging.LogFactory;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PasswordUtil;

/**
 * Runs the Flyway migrations of the platform, and those of plugins, each in a schema of its own. What excludes callers is a
 * lock in the database, also on one node: a lock of the bean could be held by a health check that waits for the start to
 * end, while the start waits for the lock.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {

    private static final Log LOG = Log.of(Migrations.class);

    /** Any number that nothing else in the database locks. */
    private static final long LOCK = 0x7468_6553_7061_6365L;

    /** PostgreSQL's error codes (appendix A). */
    private static final String WRONG_PASSWORD = "28P01";

    private static final String NO_SUCH_ROLE = "28000";
    private static final String MAY_NOT_CONNECT = "42501";

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Where Flyway keeps what it applied, in each schema. */
    public static final String HISTORY = "flyway_schema_history";

    private static final String CORE = "core";

    /** Of tables: those with rows of tenants. */
    private static final String OF_TENANTS = "and exists (select 1 from pg_attribute a where a.attrelid = c.oid"
            + " and a.attname = 'org_id' and not a.attisdropped)";

    private final Map<String, String> shipped = new ConcurrentHashMap<>();

    private Configuration configuration;

    @PostConstruct
    void start() {
        migrateCore(Configuration.get());
    }

    /** Brings the platform's own schema up to date; of callers on several nodes one works and the others wait for it. */
    void migrateCore(Configuration platform) {
        configuration = platform;
        try (Connection owner = SpaceDataSource.owner(configuration).getConnection();
                Statement statement = owner.createStatement()) {
            lock(statement);
            makeApplicationsRole(owner);
            Flyway flyway = flyway(CORE, getClass().getClassLoader(), SpaceDataSource.owner(configuration))
                    .javaMigrations(JavaMigrations.core())
                    .load();
            int applied = flyway.migrate().migrationsExecuted;
            remember(CORE, flyway.info());
            showHistory(statement, CORE);
            LOG.info("Schema is up to date", "schema", CORE, "applied", applied);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database at %s cannot be prepared: %s. Check %s."
                            .formatted(configuration.get(Key.DATABASE_URL), e.getMessage(), Key.DATABASE_URL.name()),
                    e);
        }
    }

    /**
     * Brings what only some platforms have in their own schema up to date: {@code db/migration/{option}}, with a history of its own.
     *
     * @param values of the scripts' placeholders; repeatable scripts run again when one changes
     * @throws IllegalStateException which script failed and why; nothing is changed then
     */
    public void migrateOption(String option, Map<String, String> values) {
        PGSimpleDataSource source = SpaceDataSource.owner(configuration);
        try (Connection owner = source.getConnection();
                Statement statement = owner.createStatement()) {
            lock(statement);
            FluentConfiguration flyway = flyway(CORE, getClass().getClassLoader(), source)
                    .locations("classpath:db/migration/" + option)
                    .table("flyway_" + option + "_history")
                    .baselineOnMigrate(true);
            Map<String, String> all = new HashMap<>(flyway.getPlaceholders());
            all.putAll(values);
            int applied = flyway.placeholders(all).load().migrate().migrationsExecuted;
            LOG.info("Option is up to date", "option", option, "applied", applied);
        } catch (SQLException | FlywayException e) {
            throw new IllegalStateException("The database cannot have %s: %s".formatted(option, firstLines(e)), e);
        }
    }

    private void lock(Statement statement) throws SQLException {
        statement.execute("set lock_timeout = '" + configuration.get(Key.START_TIMEOUT_SECONDS) + "s'");
        statement.execute("select pg_advisory_lock(" + LOCK + ")");
    }

    private FluentConfiguration flyway(String schema, ClassLoader scripts, DataSource source) {
        String role = configuration.get(Key.DATABASE_APP_USER);
        return Flyway.configure(scripts)
                .dataSource(source)
                .schemas(schema)
                .locations("classpath:db/migration/" + schema)
                .placeholders(Map.of("app_role", '"' + role.replace("\"", "\"\"") + '"'));
    }

    /** So that monitoring can compare what was applied with what is shipped. */
    private void showHistory(Statement statement, String schema) throws SQLException {
        String name = statement.enquoteIdentifier(schema, true);
        String role = statement.enquoteIdentifier(configuration.get(Key.DATABASE_APP_USER), true);
        statement.execute("grant usage on schema " + name + " to " + role);
        statement.execute("grant select on " + name + "." + HISTORY + " to " + role);
    }

    private void remember(String schema, MigrationInfoService info) {
        Arrays.stream(info.all())
                .filter(m -> m.getState().isResolved() && m.getVersion() != null)
                .map(m -> m.getVersion())
                .max(Comparator.naturalOrder())
                .ifPresent(newest -> shipped.put(schema, newest.getVersion()));
    }

    /** The newest version of each schema that this node brings scripts for, by schema. */
    public Map<String, String> shipped() {
        return Map.copyOf(shipped);
    }

    /** The database role that owns the schema of a plugin and runs its scripts. Roles belong to all databases of a server, so it is named after this one too. */
    public String role(String plugin) {
        String database = configuration.get(Key.DATABASE_URL).jdbc().replaceFirst(".*/", "");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(database.getBytes(StandardCharsets.UTF_8));
            return "space_" + plugin + "_" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /**
     * Brings the schema of a plugin up to date: as that plugin's own role, which owns the schema and can reach no other, and
     * all scripts in one transaction, so that a failure leaves nothing behind. An installed plugin also works as that role, so
     * every table of its with a column {@code org_id} is put under row-level security that binds the owner too. A bundled one
     * works as the application's role, which owns nothing, and its scripts say what that may do.
     *
     * @param scripts finds {@code db/migration/{plugin}}
     * @param rehearsal whether to try the scripts and roll back
     * @throws IllegalStateException which script failed and why; nothing is changed then
     */
    public void migratePlugin(String plugin, ClassLoader scripts, boolean bundled, boolean rehearsal) {
        String role = role(plugin);
        PGSimpleDataSource source = SpaceDataSource.owner(configuration);
        FluentConfiguration flyway = flyway(plugin, scripts, source)
                .createSchemas(false)
                .failOnMissingLocations(false)
                .group(true);
        try (Connection owner = source.getConnection();
                Statement statement = owner.createStatement()) {
            lock(statement);
            MigrationInfoService info = flyway.load().info();
            if (!settled(owner, plugin, role, bundled) || info.pending().length > 0) {
                byte[] random = new byte[24];
                RANDOM.nextBytes(random);
                String password = HexFormat.of().formatHex(random);
                openSchema(owner, plugin, role, password, bundled);
                try {
                    source.setUser(role);
                    source.setPassword(password);
                    if (rehearsal) {
                        rehearse(flyway, info.pending().length);
                    } else {
                        migrate(flyway, plugin, bundled);
                    }
                    LOG.info(
                            "Plugin's schema",
                            "schema",
                            plugin,
                            "pending",
                            info.pending().length,
                            "rehearsal",
                            rehearsal);
                } finally {
                    statement.execute("alter role " + statement.enquoteIdentifier(role, true) + " nologin");
                }
            } else if (!rehearsal) {
                flyway.load().validate();
            }
            if (bundled && !rehearsal) {
                showHistory(statement, plugin);
                remember(plugin, info);
            }
        } catch (SQLException | FlywayException e) {
            throw new IllegalStateException("The migrations of %s failed: %s".formatted(plugin, firstLines(e)), e);
        } finally {
            // Flyway's log remembers its last configuration, and with it the plugin's class loader.
            LogFactory.setConfiguration(new ClassicConfiguration(getClass().getClassLoader()));
        }
    }

    /**
     * Whether all is as {@link #openSchema} and {@link #migratePlugin} leave it. A process that was killed in the middle leaves a
     * role that can sign in.
     */
    private boolean settled(Connection owner, String plugin, String role, boolean bundled) throws SQLException {
        try (PreparedStatement query = owner.prepareStatement("select exists (select 1 from pg_namespace n"
                + " join pg_roles r on r.oid = n.nspowner"
                + " where n.nspname = ? and r.rolname = ? and not r.rolcanlogin"
                + " and (? or pg_has_role(?, r.oid, 'member')))")) {
            query.setString(1, plugin);
            query.setString(2, role);
            query.setBoolean(3, bundled);
            query.setString(4, configuration.get(Key.DATABASE_APP_USER));
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

    /** The schema and the role, which may sign in with this password until the migration is over. */
    private void openSchema(Connection owner, String plugin, String role, String password, boolean bundled)
            throws SQLException {
        owner.setAutoCommit(false);
        letSignIn(owner, role, password);
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
                statement.execute("grant " + name + " to "
                        + statement.enquoteIdentifier(configuration.get(Key.DATABASE_APP_USER), true));
            }
        }
        owner.commit();
        owner.setAutoCommit(true);
    }

    /** What in a schema does not belong to its role, as ALTER names it; a serial column's sequence goes with its table. */
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
        AtomicInteger left = new AtomicInteger(pending);
        FlywayException over = new FlywayException("The rehearsal is over, so its transaction rolls back");
        try {
            flyway.callbacks(new Callback() {
                        @Override
                        public boolean supports(Event event, Context context) {
                            return event == Event.AFTER_EACH_MIGRATE;
                        }

                        @Override
                        public boolean canHandleInTransaction(Event event, Context context) {
                            return true;
                        }

                        @Override
                        public void handle(Event event, Context context) {
                            if (left.decrementAndGet() == 0) {
                                throw over;
                            }
                        }

                        @Override
                        public String getCallbackName() {
                            return "rehearsal";
                        }
                    })
                    .load()
                    .migrate();
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

    /** All rows of a plugin's schema: a zip with a file of JSON lines for each table. The plugin does not run meanwhile. */
    public byte[] exportPlugin(String plugin) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Connection owner = SpaceDataSource.owner(configuration).getConnection();
                Statement statement = owner.createStatement();
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            List<String> tables = tables(owner, plugin, "and c.relname <> 'flyway_schema_history'");
            owner.setAutoCommit(false);
            if (!tables.isEmpty()) {
                statement.execute("set local role " + statement.enquoteIdentifier(role(plugin), true));
            }
            CopyManager copies = owner.unwrap(PGConnection.class).getCopyAPI();
            for (String table : tables) {
                String name =
                        statement.enquoteIdentifier(plugin, true) + "." + statement.enquoteIdentifier(table, true);
                // Its owner sees all tenants' rows, until the rollback.
                statement.execute("alter table " + name + " no force row level security");
                zip.putNextEntry(new ZipEntry(table + ".jsonl"));
                // As CSV with a quote and a delimiter that JSON cannot hold, so that a row comes out as it is.
                copies.copyOut(
                        "copy (select row_to_json(t)::text from " + name
                                + " t) to stdout with (format csv, quote e'\\x01', delimiter e'\\x02')",
                        zip);
                zip.closeEntry();
            }
            owner.rollback();
            zip.finish();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(
                    "The data of %s cannot be exported: %s".formatted(plugin, e.getMessage()), e);
        }
        return bytes.toByteArray();
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

    /** Deletes the schema of a plugin with all that is in it, and its role. */
    public void purgePlugin(String plugin) {
        try (Connection owner = SpaceDataSource.owner(configuration).getConnection();
                Statement statement = owner.createStatement()) {
            lock(statement);
            String role = role(plugin);
            statement.execute("drop schema if exists " + statement.enquoteIdentifier(plugin, true) + " cascade");
            if (exists(owner, role)) {
                statement.execute("drop owned by " + statement.enquoteIdentifier(role, true));
                statement.execute("drop role " + statement.enquoteIdentifier(role, true));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The data of %s cannot be deleted: %s".formatted(plugin, e.getMessage()), e);
        }
    }

    /** Flyway frames its messages; the cause stands in their first lines. */
    private static String firstLines(Exception e) {
        return e.getMessage()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.matches("-+"))
                .limit(4)
                .collect(Collectors.joining("; "));
    }

    /** Makes the application's role, unless it can sign in already: then somebody set it up, and it stays as it is. */
    private void makeApplicationsRole(Connection owner) throws SQLException {
        String role = configuration.get(Key.DATABASE_APP_USER);
        String password = configuration.databaseAppPassword();
        String url = configuration.get(Key.DATABASE_URL).jdbc();
        try (Connection app = DriverManager.getConnection(url, role, password)) {
            return;
        } catch (SQLException e) {
            if (!Set.of(WRONG_PASSWORD, NO_SUCH_ROLE, MAY_NOT_CONNECT).contains(e.getSQLState())) {
                throw e;
            }
        }
        try {
            letSignIn(owner, role, password);
        } catch (SQLException e) {
            throw new SQLException(
                    "%s, or make the role yourself and set %s and %s"
                            .formatted(e.getMessage(), Key.DATABASE_APP_USER.name(), Key.DATABASE_APP_PASSWORD.name()),
                    e.getSQLState(),
                    e);
        }
    }

    /** Makes a role, unless it is there, that may sign in to this database with a password. */
    private static void letSignIn(Connection owner, String role, String password) throws SQLException {
        // A verifier instead of the password itself keeps that out of the database's log.
        String verifier = PasswordUtil.encodePassword(role, password.toCharArray(), "scram-sha-256");
        try (Statement statement = owner.createStatement()) {
            String name = statement.enquoteIdentifier(role, true);
            // What a new role may not do is what no role may do unless it is told so.
            statement.execute((exists(owner, role) ? "alter role " : "create role ") + name + " login password "
                    + statement.enquoteLiteral(verifier));
            statement.execute("grant connect on database " + statement.enquoteIdentifier(owner.getCatalog(), true)
                    + " to " + name);
        } catch (SQLException e) {
            throw new SQLException(
                    "the owner may not make the role %s (%s); grant it CREATEROLE".formatted(role, e.getMessage()),
                    e.getSQLState(),
                    e);
        }
    }

    private static boolean exists(Connection owner, String role) throws SQLException {
        try (PreparedStatement exists = owner.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            exists.setString(1, role);
            try (ResultSet rows = exists.executeQuery()) {
                return rows.next();
            }
        }
    }
}
