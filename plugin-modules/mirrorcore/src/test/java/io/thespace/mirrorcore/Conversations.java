package io.thespace.mirrorcore;

import io.thespace.plugin.api.Actions;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Directory;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.api.Sandbox;
import io.thespace.tenant.Tenant;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** The plugin's tables on a real PostgreSQL, shared by all tests of this module; each test works in its own organization. */
final class Conversations {

    /** The owner of the tables, who is no superuser. */
    static final DataSource OWNER;

    /** The application's role, which row-level security binds. */
    static final DataSource APPLICATION;

    /** Loaded once for all tests. */
    static final Models MODELS = new Models(work -> {
        Thread thread = new Thread(work, "models");
        thread.setDaemon(true);
        return thread;
    });

    private static final EntityManagerFactory UNIT;

    static {
        MODELS.open();
        try {
            // Ends with this Java process; its data lies in a temporary folder.
            EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
            try (Connection superuser = postgres.getPostgresDatabase().getConnection();
                    Statement statement = superuser.createStatement()) {
                statement.execute("create role mirror_owner login");
                statement.execute("create role mirror_application login");
                statement.execute("create database mirror owner mirror_owner");
            }
            OWNER = source(new PGSimpleDataSource(), postgres, "mirror_owner");
            APPLICATION = source(new InTransaction(), postgres, "mirror_application");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Flyway.configure()
                .dataSource(OWNER)
                .schemas("mirrorcore")
                .locations("classpath:db/migration/mirrorcore")
                .placeholders(Map.of("app_role", "\"mirror_application\""))
                .load()
                .migrate();
        Map<String, Object> outsideOfAServer = new HashMap<>();
        outsideOfAServer.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        outsideOfAServer.put("jakarta.persistence.jtaDataSource", APPLICATION);
        outsideOfAServer.put("jakarta.persistence.nonJtaDataSource", APPLICATION);
        outsideOfAServer.put("hibernate.connection.handling_mode", "DELAYED_ACQUISITION_AND_HOLD");
        outsideOfAServer.put("hibernate.transaction.jta.platform", "");
        UNIT = Persistence.createEntityManagerFactory("mirrorcore", outsideOfAServer);
    }

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

    private static DataSource source(PGSimpleDataSource source, EmbeddedPostgres postgres, String role) {
        source.setURL(postgres.getJdbcUrl(role, "mirror"));
        source.setUser(role);
        source.setOptions("-c statement_timeout=60s -c lock_timeout=30s");
        return source;
    }

    /** An event as it was published. */
    record Published(EventType type, String subject, Object data) {}

    private static final AtomicInteger REQUESTS = new AtomicInteger();

    final UUID orgId = UUID.randomUUID();
    final Actor admin = actor(Role.ADMIN);
    final Actor alice = actor(Role.USER);
    final Actor bob = actor(Role.USER);

    /** Published by transactions that committed, and by those that did not. */
    final List<Published> published = Collections.synchronizedList(new ArrayList<>());

    final PluginContext context = new PluginContext() {
        @Override
        public Events events() {
            return (actor, type, subject, data) -> published.add(new Published(type, subject, data));
        }

        @Override
        public Directory directory() {
            throw new UnsupportedOperationException("Nobody is looked up");
        }

        @Override
        public Database database() {
            throw new UnsupportedOperationException("There is a persistence unit of its own");
        }

        @Override
        public Actions actions() {
            throw new UnsupportedOperationException("No other plugin is called");
        }

        @Override
        public Sandbox sandbox() {
            throw new UnsupportedOperationException("Nobody is simulated");
        }
    };

    private final Platform platform = new Platform();

    Conversations() {
        platform.open(context);
    }

    private Actor actor(Role role) {
        return new Actor(orgId, UUID.randomUUID(), role, null, "test-" + REQUESTS.incrementAndGet(), null, null, false);
    }

    /** Does something in one transaction, as the container would. */
    @SuppressWarnings("try") // the tenant is bound, and not looked at
    static <T> T in(UUID orgId, Function<EntityManager, T> work) {
        try (Tenant tenant = Tenant.bind(orgId);
                EntityManager entities = UNIT.createEntityManager()) {
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

    <T> T sessions(Function<Sessions, T> work) {
        return in(orgId, entities -> work.apply(new Sessions(entities, platform)));
    }

    <T> T turns(Function<Turns, T> work) {
        return in(orgId, entities -> work.apply(new Turns(entities, MODELS)));
    }

    <T> T people(Function<People, T> work) {
        return in(orgId, entities -> work.apply(new People(entities)));
    }

    <T> T settings(Function<Settings, T> work) {
        return in(orgId, entities -> work.apply(new Settings(entities)));
    }

    UUID open(Actor actor, String title) {
        return sessions(s -> s.open(actor, new SessionOrder(title))).sessionId();
    }

    TurnView say(Actor actor, UUID session, String speaker, String text) {
        return turns(t -> t.add(actor, session, new TurnOrder(speaker, text)));
    }

    MetricsView metrics(UUID session) {
        return sessions(s -> s.metrics(alice, session));
    }

    /** Changes rows as only the owner of the tables can. */
    static void asOwner(String sql) throws SQLException {
        try (Connection owner = OWNER.getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
