package io.thespace.monitoring;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.migration.Database;
import io.thespace.migration.Migrations;
import io.thespace.tenant.Tenant;
import io.thespace.tenant.TransactionConnection;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/** Checks whether the dependencies of the node respond. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Probes {

    private static final int LIMIT_SECONDS = 2;

    @Resource(lookup = Database.NAME)
    private DataSource database;

    public Probes() {}

    /** Outside of a container. */
    Probes(DataSource database) {
        this.database = database;
    }

    /** Whether the database answers a query within two seconds. */
    public boolean database() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            return statement.execute("select 1");
        } catch (SQLException e) {
            return false;
        }
    }

    /** A round trip to the database, without the wait for a connection. */
    public Judgement roundTrip() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            long start = System.nanoTime();
            statement.execute("select 1");
            long millis = (System.nanoTime() - start) / 1_000_000;
            try (ResultSet row = statement.executeQuery("select pg_database_size(current_database())")) {
                row.next();
                return Thresholds.database(millis, version(connection), row.getLong(1));
            }
        }
    }

    /** The version of PostgreSQL, for example {@code 17.4}. */
    public String version() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return version(connection);
        }
    }

    private static String version(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion().split(" ", 2)[0];
    }

    /** Checks the remaining connections of the database server, over all databases, which share the limit. */
    public Judgement connections() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            try (ResultSet row = statement.executeQuery("select (select sum(numbackends) from pg_stat_database),"
                    + " current_setting('max_connections')::bigint")) {
                row.next();
                return Thresholds.connections(row.getLong(1), row.getLong(2));
            }
        }
    }

    /**
     * Writes an event of an organization as any use case would, and rolls it back.
     *
     * @param orgId null to look at the right to write only
     */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public Judgement writing(UUID orgId) throws SQLException {
        try (Tenant tenant = Tenant.bind(orgId);
                Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                TransactionConnection.stamp(connection);
                long start = System.nanoTime();
                // The endpoints' own probe uses an organization that does not exist.
                if (orgId == null || !write(connection, orgId)) {
                    requireRights(connection);
                }
                return Thresholds.written((System.nanoTime() - start) / 1_000_000);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void requireRights(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select has_table_privilege('core.events', 'insert')"
                        + " and not current_setting('transaction_read_only')::boolean")) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new SQLException("The database lets this node only read.");
            }
        }
    }

    /** Whether there is such an organization to write for. */
    private static boolean write(Connection connection, UUID orgId) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into core.events"
                + " (id, org_id, type, source, subject, data, request_id, synthetic)"
                + " select ?, id, 'health_checked', '/monitoring', 'health', '{}', 'deep-health', true"
                + " from core.organizations where id = ?")) {
            insert.setQueryTimeout(LIMIT_SECONDS);
            insert.setObject(1, UuidCreator.getTimeOrderedEpoch());
            insert.setObject(2, orgId);
            return insert.executeUpdate() == 1;
        }
    }

    /** Checks which letters the search recognizes. */
    public Judgement searching() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            try (ResultSet row =
                    statement.executeQuery("select datctype from pg_database where datname = current_database()")) {
                row.next();
                return Thresholds.searching(row.getString(1));
            }
        }
    }

    /** Checks the skew of the clocks. */
    public Judgement clock() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            Instant before = Instant.now();
            try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
                row.next();
                Instant after = Instant.now();
                Duration half = Duration.between(before, after).dividedBy(2);
                Instant there = row.getObject(1, OffsetDateTime.class).toInstant();
                return Thresholds.clock(Duration.between(before.plus(half), there), half);
            }
        }
    }

    /** Checks the migrations applied to schemas, as far as they can be read. */
    public Judgement migrations(Map<String, String> shipped) throws SQLException {
        Map<String, AppliedMigrations> applied = new TreeMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            for (String schema : shipped.keySet()) {
                String history = statement.enquoteIdentifier(schema, true) + "." + Migrations.HISTORY;
                if (readable(connection, history)) {
                    applied.put(schema, applied(statement, history));
                }
            }
        }
        return Thresholds.migrations(shipped, applied);
    }

    private static boolean readable(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select exists (select 1 from pg_class where oid ="
                + " to_regclass(?) and relkind = 'r' and has_table_privilege(oid, 'select'))")) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static AppliedMigrations applied(Statement statement, String history) throws SQLException {
        try (ResultSet row = statement.executeQuery("select (select version from " + history
                + " where success and version is not null order by installed_rank desc limit 1),"
                + " (select count(*) from " + history + " where not success)")) {
            row.next();
            return new AppliedMigrations(row.getString(1), row.getLong(2));
        }
    }
}
