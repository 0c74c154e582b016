package io.thespace.identity;

import io.thespace.migration.JavaMigrations;
import io.thespace.tenant.Tenant;
import io.thespace.tenant.TenantConnectionProvider;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityTransaction;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.Configuration;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL with the real migrations, used as the application's role through the real connection provider. */
public final class TestDatabase implements AutoCloseable {

    private static final String ROLE = "space_app";

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COPIES = new AtomicInteger();
    private static EmbeddedPostgres shared;

    private final EmbeddedPostgres postgres;
    private final String name;
    private final SessionFactory sessions;

    /** Hands out connections that are in a transaction from the start, as a server does within JTA. */
    static final class Pool extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setAutoCommit(false);
            return connection;
        }
    }

    /** One PostgreSQL for all tests, with the migrated database that each gets a copy of. */
    private static synchronized EmbeddedPostgres postgres() throws IOException, SQLException {
        if (shared == null) {
            EmbeddedPostgres started = EmbeddedPostgres.start();
            execute(started.getPostgresDatabase(), "create role " + ROLE + " login");
            execute(started.getPostgresDatabase(), "create database " + TEMPLATE);
            Flyway.configure()
                    .dataSource(started.getDatabase("postgres", TEMPLATE))
                    .schemas("core")
                    .locations("classpath:db/migration/core")
                    .placeholders(Map.of("app_role", '"' + ROLE + '"'))
                    .javaMigrations(JavaMigrations.core())
                    .load()
                    .migrate();
            shared = started;
        }
        return shared;
    }

    /** With the entities that a test uses. */
    public TestDatabase(Class<?>... entityClasses) throws IOException, SQLException {
        postgres = postgres();
        name = "test_" + COPIES.incrementAndGet();
        execute(postgres.getPostgresDatabase(), "create database %s template %s".formatted(name, TEMPLATE));
        Pool pool = new Pool();
        pool.setURL(postgres.getJdbcUrl(ROLE, name));
        Configuration configuration = new Configuration();
        for (Class<?> entityClass : entityClasses) {
            configuration.addAnnotatedClass(entityClass);
        }
        sessions = configuration.buildSessionFactory(new StandardServiceRegistryBuilder()
                .applySetting("hibernate.connection.datasource", pool)
                .applySetting("hibernate.connection.provider_class", TenantConnectionProvider.class.getName())
                .applySetting("hibernate.connection.provider_disables_autocommit", "true")
                .applySetting("hibernate.boot.allow_jdbc_metadata_access", "false")
                .applySetting("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect")
                .applySetting("hibernate.default_schema", "core")
                .applySetting("hibernate.jdbc.batch_size", "50")
                .applySetting("hibernate.order_inserts", "true")
                .applySetting("hibernate.jdbc.time_zone", "UTC")
                .build());
    }

    /** One transaction of a tenant; null for none. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public <T> T in(UUID orgId, Function<EntityManager, T> work) {
        try (Tenant tenant = Tenant.bind(orgId);
                EntityManager em = sessions.createEntityManager()) {
            EntityTransaction transaction = em.getTransaction();
            transaction.begin();
            try {
                T result = work.apply(em);
                transaction.commit();
                return result;
            } catch (RuntimeException e) {
                if (transaction.isActive()) {
                    transaction.rollback();
                }
                throw e;
            }
        }
    }

    /** Connections as the application's role, each statement a transaction of its own. */
    public DataSource application() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(postgres.getJdbcUrl(ROLE, name));
        return source;
    }

    /** Returns the URL with the owner of the tables, in the format of DATABASE_URL. */
    public String url() {
        return "postgresql://postgres:postgres@localhost:" + postgres.getPort() + "/" + name;
    }

    /** As the owner of the tables. */
    public Connection owner() throws SQLException {
        return postgres.getDatabase("postgres", name).getConnection();
    }

    /** A statement as the owner of the tables. */
    public int sql(String statement) throws SQLException {
        return execute(postgres.getDatabase("postgres", name), statement);
    }

    private static int execute(DataSource source, String statement) throws SQLException {
        try (Connection owner = source.getConnection();
                Statement sql = owner.createStatement()) {
            sql.execute(statement);
            return sql.getUpdateCount();
        }
    }

    @Override
    public void close() throws SQLException {
        sessions.close();
        execute(postgres.getPostgresDatabase(), "drop database %s with (force)".formatted(name));
    }
}
