package io.thespace.migration;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.log.Log;
import io.thespace.tenant.SpaceDataSource;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.postgresql.util.PasswordUtil;

/** Runs the Flyway migrations of the platform, and those of plugins, each in a schema of its own. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {

    private static final Log LOG = Log.of(Migrations.class);

    /** Any number that nothing else in the database locks. */
    private static final long LOCK = 0x7468_6553_7061_6365L;

    /** PostgreSQL's error codes (appendix A). */
    private static final String WRONG_PASSWORD = "28P01";

    private static final String NO_SUCH_ROLE = "28000";
    private static final String MAY_NOT_CONNECT = "42501";

    private Configuration configuration;

    @PostConstruct
    void migrateCore() {
        configuration = Configuration.get();
        migrate("core", getClass().getClassLoader());
    }

    /**
     * Brings one schema up to date; of callers on several nodes one works and the others wait for it.
     *
     * @param name of the schema, and of the folder {@code db/migration/{name}} with the scripts
     * @param scripts the class loader that finds the folder
     */
    @Lock(LockType.WRITE)
    public void migrate(String name, ClassLoader scripts) {
        String role = configuration.get(Key.DATABASE_APP_USER);
        int patienceSeconds = configuration.get(Key.START_TIMEOUT_SECONDS);
        try (Connection owner = SpaceDataSource.owner(configuration).getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("set lock_timeout = '" + patienceSeconds + "s'");
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            makeRole(owner, role);
            int applied = Flyway.configure(scripts)
                    .dataSource(SpaceDataSource.owner(configuration))
                    .schemas(name)
                    .locations("classpath:db/migration/" + name)
                    .placeholders(Map.of("app_role", '"' + role.replace("\"", "\"\"") + '"'))
                    .load()
                    .migrate()
                    .migrationsExecuted;
            statement.execute("grant usage on schema " + statement.enquoteIdentifier(name, true) + " to "
                    + statement.enquoteIdentifier(role, true));
            LOG.info("Schema is up to date", "schema", name, "applied", applied);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database at %s cannot be prepared: %s. Check %s."
                            .formatted(configuration.get(Key.DATABASE_URL), e.getMessage(), Key.DATABASE_URL.name()),
                    e);
        }
    }

    /** Makes the application's role, unless it can sign in already: then somebody set it up, and it stays as it is. */
    private void makeRole(Connection owner, String role) throws SQLException {
        String password = configuration.databaseAppPassword();
        String url = configuration.get(Key.DATABASE_URL).jdbc();
        try (Connection app = DriverManager.getConnection(url, role, password)) {
            return;
        } catch (SQLException e) {
            if (!Set.of(WRONG_PASSWORD, NO_SUCH_ROLE, MAY_NOT_CONNECT).contains(e.getSQLState())) {
                throw e;
            }
        }
        try (PreparedStatement exists = owner.prepareStatement("select 1 from pg_roles where rolname = ?");
                Statement statement = owner.createStatement()) {
            exists.setString(1, role);
            boolean there;
            try (ResultSet rows = exists.executeQuery()) {
                there = rows.next();
            }
            // A verifier instead of the password itself keeps that out of the database's log.
            String verifier = PasswordUtil.encodePassword(role, password.toCharArray(), "scram-sha-256");
            statement.execute((there ? "alter role " : "create role ")
                    + statement.enquoteIdentifier(role, true)
                    + " login nosuperuser nocreatedb nocreaterole nobypassrls password "
                    + statement.enquoteLiteral(verifier));
            statement.execute("grant connect on database "
                    + statement.enquoteIdentifier(owner.getCatalog(), true) + " to "
                    + statement.enquoteIdentifier(role, true));
        } catch (SQLException e) {
            throw new SQLException(
                    "the owner may not make the role %s (%s); grant it CREATEROLE, or make the role yourself and set %s and %s"
                            .formatted(
                                    role,
                                    e.getMessage(),
                                    Key.DATABASE_APP_USER.name(),
                                    Key.DATABASE_APP_PASSWORD.name()),
                    e.getSQLState(),
                    e);
        }
    }
}
