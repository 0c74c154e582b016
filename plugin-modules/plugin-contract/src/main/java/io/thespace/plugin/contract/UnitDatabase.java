package io.thespace.plugin.contract;

import io.thespace.tenant.Tenant;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database with the schema of one bundled plugin, and the plugin's persistence unit on it: the tables belong to a role
 * that owns their schema and nothing else, the unit works in that of the application, as in production. It lasts as long as the process.
 */
public final class UnitDatabase {

    /** Hands out connections that are in a transaction already, as a server does, so that the tenant's stamp lasts. */
    private static final class InTransaction extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setAutoCommit(false);
            return connection;
        }
    }

    private final DataSource owner;
    private final DataSource application;
    private final EntityManagerFactory unit;

    /**
     * Makes the schema {@code id}, runs the scripts in {@code db/migration/{id}} and opens the unit {@code id}.
     *
     * @param more properties of the unit
     */
    public UnitDatabase(String id, Map<String, Object> more) {
        String name = "unit_" + id;
        EmbeddedPostgres postgres = StageDatabase.postgres();
        try (Connection superuser = postgres.getPostgresDatabase().getConnection();
                Statement statement = superuser.createStatement()) {
            statement.execute("create role " + name + "_owner login");
            statement.execute("create role " + name + "_application login");
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        try (Connection superuser = postgres.getDatabase("postgres", name).getConnection();
                Statement statement = superuser.createStatement()) {
            statement.execute("create schema " + id + " authorization " + name + "_owner");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        owner = source(new PGSimpleDataSource(), postgres, name, name + "_owner");
        application = source(new InTransaction(), postgres, name, name + "_application");
        Flyway.configure()
                .dataSource(owner)
                .schemas(id)
                .createSchemas(false)
                .locations("classpath:db/migration/" + id)
                .placeholders(Map.of("app_role", name + "_application"))
                .loggers("slf4j") // silent, unless the tests bring a logger
                .load()
                .migrate();
        Map<String, Object> outsideOfAServer = new HashMap<>(more);
        outsideOfAServer.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        outsideOfAServer.put("jakarta.persistence.jtaDataSource", application);
        outsideOfAServer.put("jakarta.persistence.nonJtaDataSource", application);
        outsideOfAServer.put("hibernate.connection.handling_mode", "DELAYED_ACQUISITION_AND_HOLD");
        outsideOfAServer.put("hibernate.transaction.jta.platform", "");
        unit = Persistence.createEntityManagerFactory(id, outsideOfAServer);
    }

    private static DataSource source(PGSimpleDataSource source, EmbeddedPostgres postgres, String name, String role) {
        source.setURL(postgres.getJdbcUrl(role, name));
        source.setUser(role);
        source.setOptions("-c statement_timeout=60s -c lock_timeout=30s");
        source.setReWriteBatchedInserts(true);
        return source;
    }

    /** As the owner of the tables. */
    public DataSource owner() {
        return owner;
    }

    /** As the application's role, which row-level security binds; each connection is in a transaction. */
    public DataSource application() {
        return application;
    }

    /** Does something in one transaction of an organization's, as the container would. */
    @SuppressWarnings("try") // the tenant is bound, and not looked at
    public <T> T in(UUID orgId, Function<EntityManager, T> work) {
        try (Tenant tenant = Tenant.bind(orgId);
                EntityManager entities = unit.createEntityManager()) {
            entities.getTransaction().begin();
            try {
                T result = work.apply(entities);
                entities.getTransaction().commit();
                return result;
            } finally {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            }
        }
    }
}
