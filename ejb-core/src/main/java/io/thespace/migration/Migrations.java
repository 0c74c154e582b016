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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.api.migration.JavaMigration;
import org.postgresql.ds.PGSimpleDataSource;

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

    /** The table in which Flyway records applied migrations, in each schema. */
    public static final String HISTORY = "flyway_schema_history";

    private static final String CORE = "core";

    /** The workflow engine's own tables, whose scripts are part of the engine. */
    private static final String FLOW = "flow";

    private final Map<String, String> shipped = new ConcurrentHashMap<>();

    private Configuration configuration;

    @PostConstruct
    void start() {
        migrateCore(Configuration.get());
    }

    /** Brings the platform's own schemas up to date; of callers on several nodes one works and the others wait for it. */
    void migrateCore(Configuration platform) {
        configuration = platform;
        try (Connection owner = SpaceDataSource.owner(configuration).getConnection();
                Statement statement = owner.createStatement()) {
            lock(statement);
            makeApplicationsRole(owner);
            migrate(statement, CORE, JavaMigrations.core());
            migrate(statement, FLOW);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database at %s cannot be prepared: %s. Check %s."
                            .formatted(configuration.get(Key.DATABASE_URL), e.getMessage(), Key.DATABASE_URL.name()),
                    e);
        }
    }

    private void migrate(Statement owner, String schema, JavaMigration... computed) throws SQLException {
        Flyway flyway = flyway(schema, getClass().getClassLoader(), SpaceDataSource.owner(configuration))
                .javaMigrations(computed)
                .load();
        int applied = flyway.migrate().migrationsExecuted;
        remember(schema, flyway.info());
        showHistory(owner, schema);
        LOG.info("Schema is up to date", "schema", schema, "applied", applied);
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

    /** Lets monitoring compare applied with shipped migrations. */
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

    /** The database role that owns the schema of a plugin and runs its scripts. */
    public String role(String plugin) {
        return schemas().role(plugin);
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
        FluentConfiguration flyway = flyway(plugin, scripts, SpaceDataSource.owner(configuration));
        try (Connection owner = SpaceDataSource.owner(configuration).getConnection();
                Statement statement = owner.createStatement()) {
            lock(statement);
            if (bundled) {
                MigrationInfoService info = schemas().migrateBundled(owner, plugin, flyway, rehearsal);
                if (!rehearsal) {
                    showHistory(statement, plugin);
                    remember(plugin, info);
                }
            } else {
                schemas().migrateInstalled(owner, plugin, flyway, rehearsal);
            }
        } catch (SQLException | FlywayException e) {
            throw new IllegalStateException("The migrations of %s failed: %s".formatted(plugin, firstLines(e)), e);
        } finally {
            // Flyway's log remembers its last configuration, and with it the plugin's class loader.
            LogFactory.setConfiguration(new ClassicConfiguration(getClass().getClassLoader()));
        }
        LOG.info("Plugin's schema is up to date", "schema", plugin, "rehearsal", rehearsal);
    }

    /**
     * All rows of an installed plugin's schema: a zip with a file of JSON lines for each table. The plugin does not run
     * meanwhile.
     *
     * @return empty when it is larger than the maximum
     */
    public Optional<byte[]> exportPlugin(String plugin, int maxBytes) {
        return schemas().export(plugin, maxBytes);
    }

    /** Deletes the schema of a plugin with all that is in it, and its role. */
    public void purgePlugin(String plugin) {
        try (Connection owner = SpaceDataSource.owner(configuration).getConnection();
                Statement statement = owner.createStatement()) {
            lock(statement);
            schemas().purge(owner, plugin);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The data of %s cannot be deleted: %s".formatted(plugin, e.getMessage()), e);
        }
    }

    private PluginSchemas schemas() {
        return new PluginSchemas(configuration);
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

    /**
     * Creates the application's role, unless it can sign in already: then an operator created it, and it is left
     * unchanged.
     */
    private void makeApplicationsRole(Connection owner) throws SQLException {
        String role = configuration.get(Key.DATABASE_APP_USER);
        String password = configuration.databaseAppPassword();
        String url = configuration.get(Key.DATABASE_URL).jdbc();
        try (Connection app = DriverManager.getConnection(url, role, password)) {
            return;
        } catch (SQLException e) {
            if (!Set.of(Roles.WRONG_PASSWORD, Roles.NO_SUCH_ROLE, Roles.MAY_NOT_CONNECT)
                    .contains(e.getSQLState())) {
                throw e;
            }
        }
        try {
            Roles.letSignIn(owner, role, password);
        } catch (SQLException e) {
            throw new SQLException(
                    "%s, or make the role yourself and set %s and %s"
                            .formatted(e.getMessage(), Key.DATABASE_APP_USER.name(), Key.DATABASE_APP_PASSWORD.name()),
                    e.getSQLState(),
                    e);
        }
    }
}
