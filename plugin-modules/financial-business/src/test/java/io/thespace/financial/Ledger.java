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
import io.thespace.plugin.contract.UnitDatabase;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** A migrated ledger on a real PostgreSQL, shared by all tests of this module; each test works in its own organization. */
final class Ledger {

    private static final List<String> SQL = Collections.synchronizedList(new ArrayList<>());

    private static final UnitDatabase DATABASE = new UnitDatabase(
            "financial_business", Map.of("hibernate.session_factory.statement_inspector", (StatementInspector) sql -> {
                SQL.add(sql);
                return sql;
            }));

    /** The owner of the tables, who is not a superuser. */
    static final DataSource OWNER = DATABASE.owner();

    /** The application's role, with the limits and batching that it has in production. */
    static final DataSource APPLICATION = DATABASE.application();

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

    <T> T in(Actor actor, Function<EntityManager, T> work) {
        return DATABASE.in(actor.orgId(), work);
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
