package io.thespace.financial;

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
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated ledger on a real PostgreSQL, shared by all tests of this module; each test works in its own organization. */
final class Ledger {

    /** The owner of the tables, who is no superuser. */
    static final DataSource OWNER;

    /** The application's role, with the limits and batching that it has in production. */
    static final DataSource APPLICATION;

    private static final EntityManagerFactory UNIT;
    private static final List<String> SQL = Collections.synchronizedList(new ArrayList<>());

    static {
        try {
            // Ends with this Java process; its data lies in a temporary folder.
            EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
            try (Connection superuser = postgres.getPostgresDatabase().getConnection();
                    Statement statement = superuser.createStatement()) {
                statement.execute("create role ledger_owner login");
                statement.execute("create role ledger_application login");
                statement.execute("create database ledger owner ledger_owner");
            }
            OWNER = source(new PGSimpleDataSource(), postgres, "ledger_owner");
            APPLICATION = source(new InTransaction(), postgres, "ledger_application");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Flyway.configure()
                .dataSource(OWNER)
                .schemas("financial_business")
                .locations("classpath:db/migration/financial_business")
                .placeholders(Map.of("app_role", "\"ledger_application\""))
                .load()
                .migrate();
        Map<String, Object> outsideOfAServer = new HashMap<>();
        outsideOfAServer.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        outsideOfAServer.put("jakarta.persistence.jtaDataSource", APPLICATION);
        outsideOfAServer.put("jakarta.persistence.nonJtaDataSource", APPLICATION);
        outsideOfAServer.put("hibernate.connection.handling_mode", "DELAYED_ACQUISITION_AND_HOLD");
        outsideOfAServer.put("hibernate.transaction.jta.platform", "");
        outsideOfAServer.put("hibernate.session_factory.statement_inspector", (StatementInspector) sql -> {
            SQL.add(sql);
            return sql;
        });
        UNIT = Persistence.createEntityManagerFactory("financial_business", outsideOfAServer);
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
        source.setURL(postgres.getJdbcUrl(role, "ledger"));
        source.setUser(role);
        source.setOptions("-c statement_timeout=60s -c lock_timeout=30s");
        source.setReWriteBatchedInserts(true);
        return source;
    }

    /** An event as it was published. */
    record Published(EventType type, String subject, Object data) {}

    private static final AtomicInteger REQUESTS = new AtomicInteger();

    final UUID orgId = UUID.randomUUID();
    final Actor admin = actor(UUID.randomUUID(), Role.ADMIN);
    final Actor alice = actor(UUID.randomUUID(), Role.USER);
    final Actor bob = actor(UUID.randomUUID(), Role.USER);

    /** Published by transactions that committed, and by those that did not. */
    final List<Published> published = Collections.synchronizedList(new ArrayList<>());

    final PluginContext context;

    private final Platform platform = new Platform();

    /** An organization with {@code admin}, {@code alice} and {@code bob}. */
    Ledger() {
        Map<UUID, String> names = Map.of(admin.userId(), "Ada", alice.userId(), "Alice", bob.userId(), "Bob");
        context = new PluginContext() {
            @Override
            public Events events() {
                return (actor, type, subject, data) -> published.add(new Published(type, subject, data));
            }

            @Override
            public Directory directory() {
                return new Directory() {
                    @Override
                    public Optional<Person> find(Actor actor, UUID userId) {
                        return Optional.ofNullable(names.get(userId)).map(name -> new Person(userId, name));
                    }

                    @Override
                    public List<Person> administrators(Actor actor) {
                        return List.of(new Person(admin.userId(), "Ada"));
                    }
                };
            }

            @Override
            public Database database() {
                throw new UnsupportedOperationException("The ledger has a persistence unit of its own");
            }

            @Override
            public Actions actions() {
                throw new UnsupportedOperationException("The ledger calls no other plugin");
            }

            @Override
            public Sandbox sandbox() {
                throw new UnsupportedOperationException("The ledger simulates nobody");
            }
        };
        platform.open(context);
    }

    Actor actor(UUID userId, Role role) {
        return new Actor(orgId, userId, role, null, "test-" + REQUESTS.incrementAndGet(), null, null, false);
    }

    /** Does something in one transaction, as the container would. */
    @SuppressWarnings("try") // the tenant is bound, and not looked at
    <T> T in(Actor actor, Function<EntityManager, T> work) {
        try (Tenant tenant = Tenant.bind(actor.orgId());
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

    /** The statements that some work sends through Hibernate, when nothing else runs. */
    static List<String> statements(Runnable work) {
        SQL.clear();
        work.run();
        return List.copyOf(SQL);
    }

    Transfers transfers(EntityManager entities) {
        return new Transfers(entities, platform);
    }

    Accounts accounts(EntityManager entities) {
        return new Accounts(entities, platform);
    }

    Transactions transactions(EntityManager entities) {
        return new Transactions(entities);
    }

    LedgerView check() {
        return in(admin, entities -> {
            return new Invariants(entities).check(admin);
        });
    }

    UUID open(Actor owner, String currency) {
        return in(admin, entities -> accounts(entities).open(admin, new AccountOrder(owner.userId(), currency)))
                .accountId();
    }

    /** Opens an account that holds something. */
    UUID open(Actor owner, String amount, String currency) {
        UUID account = open(owner, currency);
        deposit(account, amount, currency);
        return account;
    }

    UUID deposit(UUID account, String amount, String currency) {
        DepositOrder order = new DepositOrder(account, new BigDecimal(amount), currency);
        return in(admin, entities -> transfers(entities).deposit(admin, order)).transactionId();
    }

    UUID transfer(Actor actor, UUID from, UUID to, String amount, String currency) {
        TransferOrder order = new TransferOrder(from, to, new BigDecimal(amount), currency);
        return in(actor, entities -> transfers(entities).transfer(actor, order)).transactionId();
    }

    UUID reverse(UUID transactionId) {
        return in(admin, entities -> transfers(entities).reverse(admin, transactionId))
                .transactionId();
    }

    String balance(Actor owner, UUID account) {
        return in(owner, entities -> accounts(entities).summary(owner, Optional.of(account)))
                .balance()
                .toPlainString();
    }
}
