package io.thespace.event.relay;

import io.thespace.event.EventView;
import io.thespace.identity.TestDatabase;
import io.thespace.transaction.TransactionStatements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Nodes that deliver events to a subscriber, on a real PostgreSQL as the application's role. */
abstract class RelayCase {

    static final String SOURCE = "/plugins/notes";
    static final String TYPE = "note_added";

    /** The transaction that this thread is in. */
    private static final ThreadLocal<Connection> ACTIVE = new ThreadLocal<>();

    static TestDatabase database;
    final UUID org = UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase();
        database.sql("create table core.effects (n bigint generated always as identity, org_id uuid not null,"
                + " event_id uuid not null, subject text not null, value integer not null)");
        database.sql("grant select, insert on core.effects to space_app");
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void organization() throws Exception {
        database.sql(
                "truncate core.effects, core.event_queue, core.event_log, core.event_subscribers, core.event_backlog");
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(org));
        new Node().deliveries.subscribe("test");
    }

    /** One node: its transactions, and a subscriber that writes down what it gets in the transaction of its position. */
    final class Node implements Subscriber {

        final AtomicInteger untilDeath = new AtomicInteger(Integer.MAX_VALUE);
        final Set<String> poisoned = ConcurrentHashMap.newKeySet();
        volatile boolean available = true;
        volatile boolean cutOff;

        /** The event at which the database is lost. */
        volatile String outage;

        final Deliveries deliveries = new Deliveries() {
            @Override
            <T> T run(UUID orgId, TransactionStatements.Work<T> work) {
                try {
                    live();
                    if (cutOff) {
                        throw new IllegalStateException("The database is away");
                    }
                    Connection joined = ACTIVE.get();
                    return joined == null ? begin(orgId, work) : work.run(joined);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        };

        private <T> T begin(UUID orgId, TransactionStatements.Work<T> work) throws SQLException {
            try (Connection connection = transaction(orgId)) {
                ACTIVE.set(connection);
                try {
                    T result = work.run(connection);
                    live();
                    connection.commit();
                    return result;
                } finally {
                    ACTIVE.remove();
                }
            }
        }

        /** A node that was killed does nothing any more, and what it had not committed is rolled back. */
        private void live() {
            if (untilDeath.decrementAndGet() <= 0) {
                untilDeath.set(0);
                throw new IllegalStateException("Killed");
            }
        }

        final Pump pump = new Pump(deliveries, this, () -> true);

        Node work() {
            while (deliveries.sequence(7) == 7) {
                // There are more.
            }
            pump.run();
            return this;
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public List<Interest> interests() {
            return List.of(new Interest(SOURCE, TYPE), new Interest(null, "anything_happened"));
        }

        @Override
        public Outcome deliver(Delivery delivery) {
            if (!available) {
                return Outcome.UNAVAILABLE;
            }
            EventView event = delivery.event();
            cutOff = event.data().equals(outage);
            deliveries.run(delivery.orgId(), connection -> {
                try (PreparedStatement insert = connection.prepareStatement(
                        "insert into core.effects (org_id, event_id, subject, value) values (?, ?, ?, ?)")) {
                    insert.setObject(1, delivery.orgId());
                    insert.setObject(2, event.id());
                    insert.setString(3, event.subject());
                    insert.setInt(4, Integer.parseInt(event.data()));
                    insert.execute();
                }
                if (poisoned.contains(event.data())) {
                    // An error, as of an expression that calls itself: it is to stop no other event either.
                    throw new StackOverflowError("This one cannot be processed");
                }
                delivery.acknowledge();
                return null;
            });
            return Outcome.DELIVERED;
        }
    }

    static Connection transaction(UUID orgId) throws SQLException {
        Connection connection = database.application().getConnection();
        connection.setAutoCommit(false);
        try (PreparedStatement stamp = connection.prepareStatement("select set_config('app.org_id', ?, true)")) {
            stamp.setString(1, orgId == null ? "" : orgId.toString());
            stamp.execute();
        }
        return connection;
    }

    UUID write(Connection connection, String type, String subject, int value) throws SQLException {
        UUID id = UUID.randomUUID();
        try (PreparedStatement insert = connection.prepareStatement("insert into core.events (id, org_id, type, source,"
                + " subject, data, request_id, synthetic) values (?, ?, ?, ?, ?, to_jsonb(?), 'r', false)")) {
            insert.setObject(1, id);
            insert.setObject(2, org);
            insert.setString(3, type);
            insert.setString(4, SOURCE);
            insert.setString(5, subject);
            insert.setInt(6, value);
            insert.execute();
        }
        return id;
    }

    void publish(String subject, int... values) throws SQLException {
        for (int value : values) {
            try (Connection connection = transaction(org)) {
                write(connection, TYPE, subject, value);
                connection.commit();
            }
        }
    }

    static List<String> query(String sql) throws SQLException {
        try (Connection owner = database.owner();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    /** The effects in their order, as subject and value. */
    static List<String> effects() throws SQLException {
        return query("select subject || value from core.effects order by n");
    }

    static void attemptsAreDue() throws SQLException {
        database.sql("update core.event_backlog set next_at = now() where next_at is not null");
    }
}
