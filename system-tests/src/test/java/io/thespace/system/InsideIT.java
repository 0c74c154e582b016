package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Configuration;
import io.thespace.endpoint.Answer;
import io.thespace.endpoint.IdempotencyKeys;
import io.thespace.endpoint.Rehearsals;
import io.thespace.event.EventView;
import io.thespace.event.Events;
import io.thespace.event.Outbox;
import io.thespace.financial.AccountOrder;
import io.thespace.financial.Accounts;
import io.thespace.financial.DepositOrder;
import io.thespace.financial.FinancialError;
import io.thespace.financial.Transactions;
import io.thespace.financial.TransferOrder;
import io.thespace.financial.Transfers;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.tenant.Tenant;
import io.thespace.transaction.TransactionStatements;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.RollbackException;
import jakarta.transaction.UserTransaction;
import java.io.File;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.naming.InitialContext;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of the product's internals: its own beans, called in the server beside the EAR, in transactions of the test.
 * <p>The EAR is deployed unchanged, and these tests in a WAR that has access to the EAR's classes.
 *
 * <p>The EAR is deployed as it is, and these tests in a war of their own that sees the EAR's classes.
 */
@ExtendWith(Inside.class)
@SuppressWarnings("BanJNDI") // the names are the product's own
class InsideIT {

    private static final String[] TABLES = {
        "financial_business.transaction", "financial_business.entry", "core.events", "core.idempotency_keys"
    };

    private static final byte[] FINGERPRINT = {1};

    /** The product. It is there before the tests are. */
    @Deployment(name = "the-space", order = 1, testable = false)
    public static EnterpriseArchive product() {
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File(System.getProperty("space.ear")));
    }

    /** These tests. */
    @Deployment(order = 2)
    public static WebArchive tests() throws URISyntaxException {
        String ear = "deployment." + product().getName();
        String modules = product().getContent(Filters.include("/[^/]+\\.jar")).keySet().stream()
                .map(path -> "<module name=\"" + ear + "." + path.get().substring(1) + "\"/>")
                .collect(Collectors.joining());
        return ShrinkWrap.create(WebArchive.class, "inside.war")
                .addClasses(InsideIT.class, Inside.class, Fixtures.class, Person.class, Database.class)
                .addAsLibrary(new File(Assertions.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()))
                .addAsWebInfResource(
                        new StringAsset("<jboss-deployment-structure xmlns=\"urn:jboss:deployment-structure:1.3\">"
                                + "<deployment><dependencies><module name=\"" + ear + "\"/>" + modules
                                + "</dependencies></deployment></jboss-deployment-structure>"),
                        "jboss-deployment-structure.xml");
    }

    /** An organization with two accounts of its administrator's, one of them with money. */
    private record Ledger(Actor actor, UUID from, UUID to) {

        static Ledger open() throws NamingException {
            Fixtures fixtures = new Fixtures(database());
            Person person = fixtures.admin(fixtures.organization());
            Actor actor = new Actor(person.orgId(), person.id(), Role.ADMIN, null, "inside", null, null, false);
            try (Tenant tenant = Tenant.bind(actor.orgId())) {
                UUID from = bean(Accounts.class)
                        .open(actor, new AccountOrder(person.id(), "USD"))
                        .accountId();
                UUID to = bean(Accounts.class)
                        .open(actor, new AccountOrder(person.id(), "USD"))
                        .accountId();
                bean(Transfers.class).deposit(actor, new DepositOrder(from, new BigDecimal(100), "USD"));
                return new Ledger(actor, from, to);
            }
        }

        void transfer() throws NamingException {
            bean(Transfers.class).transfer(actor, new TransferOrder(from, to, BigDecimal.TEN, "USD"));
        }

        Map<String, Long> rows() {
            Map<String, Long> rows = new TreeMap<>();
            for (String table : TABLES) {
                rows.put(table, database().count("select count(*) from " + table + " where org_id = ?", actor.orgId()));
            }
            return rows;
        }

        BigDecimal balance(UUID account) {
            return new BigDecimal(database()
                    .query("select balance::text from financial_business.account where id = ?", account)
                    .get(0));
        }

        int transactionsOf(UUID account) throws NamingException {
            return bean(Transactions.class)
                    .page(actor, Optional.of(account), new PageRequest(10, Optional.empty()))
                    .items()
                    .size();
        }
    }

    @Test
    void aTransactionMarkedForRollbackLeavesNothing() throws Exception {
        Ledger ledger = Ledger.open();
        Map<String, Long> before = ledger.rows();
        try (Tenant tenant = Tenant.bind(ledger.actor().orgId())) {
            UserTransaction transaction = InitialContext.doLookup("java:comp/UserTransaction");
            transaction.begin();
            assertThat(transferOnce(ledger, "key").replayed()).isFalse();
            // In the transaction everything is there, in the database already and not only in memory.
            assertThat(transferOnce(ledger, "key").replayed()).isTrue();
            assertThat(eventsOf(ledger)).contains("funds_transferred");
            assertThat(ledger.transactionsOf(ledger.to())).isOne();
            transaction.setRollbackOnly();
            assertThatThrownBy(transaction::commit).isInstanceOf(RollbackException.class);

            assertThat(ledger.rows()).isEqualTo(before);
            assertThat(ledger.balance(ledger.from())).isEqualByComparingTo("100");
            assertThat(ledger.balance(ledger.to())).isZero();
            assertThat(eventsOf(ledger)).doesNotContain("funds_transferred");

            // The key is as good as new.
            assertThat(transferOnce(ledger, "key").replayed()).isFalse();
        }
        assertThat(ledger.rows()).allSatisfy((table, count) -> assertThat(count).isGreaterThan(before.get(table)));
        assertThat(ledger.balance(ledger.to())).isEqualByComparingTo("10");
    }

    @Test
    void aRefusalInTheMiddleUndoesWhatTheTransactionDidBefore() throws Exception {
        Ledger ledger = Ledger.open();
        Map<String, Long> before = ledger.rows();
        try (Tenant tenant = Tenant.bind(ledger.actor().orgId())) {
            UserTransaction transaction = InitialContext.doLookup("java:comp/UserTransaction");
            transaction.begin();
            ledger.transfer();
            assertThat(ledger.transactionsOf(ledger.to())).isOne();
            TransferOrder tooMuch = new TransferOrder(ledger.from(), ledger.to(), new BigDecimal(1000), "USD");
            assertThatThrownBy(() -> bean(Transfers.class).transfer(ledger.actor(), tooMuch))
                    .isInstanceOfSatisfying(
                            Rejection.class, e -> assertThat(e.code()).isEqualTo(FinancialError.INSUFFICIENT_FUNDS));
            assertThatThrownBy(transaction::commit).isInstanceOf(RollbackException.class);
        }
        assertThat(ledger.rows()).isEqualTo(before);
    }

    @Test
    void anEventNeedsTheTransactionOfItsCause() throws Exception {
        Ledger ledger = Ledger.open();
        try (Tenant tenant = Tenant.bind(ledger.actor().orgId())) {
            Outbox outbox = plainBean(Outbox.class);
            EventType type = new EventType("moved", "Something was moved.", Map.class);
            assertThatThrownBy(() -> outbox.publish(ledger.actor(), "/inside", type, "x", Map.of()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** On the connection that the product itself stamped, as a use case would send it. */
    @Test
    void aQueryThatForgetsItsPredicateSeesNothingOfAnotherTenant() throws Exception {
        Ledger ours = Ledger.open();
        Ledger theirs = Ledger.open();
        for (Ledger ledger : List.of(ours, theirs)) {
            try (Tenant tenant = Tenant.bind(ledger.actor().orgId())) {
                transferOnce(ledger, "key");
            }
        }
        List<String> seen = new ArrayList<>();
        try (Tenant tenant = Tenant.bind(ours.actor().orgId())) {
            once(ours, "look", () -> {
                for (String table : TABLES) {
                    seen.addAll(inTransaction("select distinct org_id::text from " + table));
                }
                seen.addAll(inTransaction("select distinct org_id::text from financial_business.account"));
            });
        }
        assertThat(seen)
                .hasSize(TABLES.length + 1)
                .containsOnly(ours.actor().orgId().toString());
    }

    /** A tenant's thread that got hold of another tenant's actor. */
    @Test
    void aUseCaseWithTheWrongActorFindsNothing() throws Exception {
        Ledger ours = Ledger.open();
        Ledger theirs = Ledger.open();
        Map<String, Long> before = theirs.rows();
        try (Tenant tenant = Tenant.bind(ours.actor().orgId())) {
            assertThatThrownBy(theirs::transfer).isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code())
                    .isEqualTo(FinancialError.ACCOUNT_NOT_FOUND));
        }
        assertThatThrownBy(theirs::transfer)
                .as("without any tenant")
                .isInstanceOfSatisfying(
                        Rejection.class, e -> assertThat(e.code()).isEqualTo(FinancialError.ACCOUNT_NOT_FOUND));
        assertThat(theirs.rows()).isEqualTo(before);
    }

    private interface Effect {
        void happen() throws Exception;
    }

    private static Answer transferOnce(Ledger ledger, String key) throws Exception {
        return once(ledger, key, ledger::transfer);
    }

    private static Answer once(Ledger ledger, String key, Effect effect) throws Exception {
        IdempotencyKeys keys = plainBean(IdempotencyKeys.class);
        TransactionStatements statements = plainBean(TransactionStatements.class);
        return plainBean(io.thespace.transaction.Transactions.class).required(() -> {
            IdempotencyKeys.Claim claim = keys.claim(ledger.actor(), key, FINGERPRINT);
            if (claim.answer() != null) {
                return claim.answer();
            }
            effect.happen();
            Answer answer = new Answer(200, "application/json", new byte[] {'{', '}'}, Map.of(), false);
            statements.insert(List.of(IdempotencyKeys.stored(ledger.actor(), key, FINGERPRINT, answer, false)));
            return answer;
        });
    }

    private static List<String> eventsOf(Ledger ledger) throws NamingException {
        return bean(Events.class)
                .recent(
                        ledger.actor(),
                        new Events.Filter(null, null, null, null),
                        new PageRequest(10, Optional.empty()))
                .items()
                .stream()
                .map(EventView::type)
                .toList();
    }

    /** On the connection of the active transaction. */
    private static List<String> inTransaction(String sql) throws Exception {
        return plainBean(TransactionStatements.class).run(connection -> Database.query(connection, sql));
    }

    private static Database database() {
        return new Database(Configuration.get());
    }

    /** A bean of the product's that is no session bean: only inside of a call to one can it be looked up. */
    private static <T> T plainBean(Class<T> type) throws Exception {
        return bean(Rehearsals.class).rolledBack(() -> {
            BeanManager beans = InitialContext.doLookup("java:comp/BeanManager");
            Bean<?> bean = beans.resolve(beans.getBeans(type));
            return type.cast(beans.getReference(bean, type, beans.createCreationalContext(bean)));
        });
    }

    /** A session bean of the product's, whatever module it is in. */
    private static <T> T bean(Class<T> type) throws NamingException {
        InitialContext names = new InitialContext();
        var modules = names.list("java:global/the-space");
        while (modules.hasMore()) {
            NameClassPair module = modules.next();
            try {
                return type.cast(
                        names.lookup("java:global/the-space/" + module.getName() + "/" + type.getSimpleName()));
            } catch (NameNotFoundException e) {
                // In another one, then.
            }
        }
        throw new NameNotFoundException(type.getName());
    }
}
