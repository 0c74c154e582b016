package io.thespace.event.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.event.EventView;
import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import io.thespace.transaction.TransactionStatements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions, leases, backlogs and the order of delivery, on a real PostgreSQL as the application's role. */
class EventRelayDatabaseTest {

    private static final String SOURCE = "/plugins/notes";
    private static final String TYPE = "note_added";
    private static final int KILLS = 50;
    private static final int PUBLISHERS = 4;
    private static final int MAX_TRANSACTIONS = 60;

    /** The transaction that this thread is in. */
    private static final ThreadLocal<Connection> ACTIVE = new ThreadLocal<>();

    private static final Actor ADMIN = Actor.platform(null, "test");

    private static TestDatabase database;

    private final UUID org = UUID.randomUUID();

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
    private final class Node implements Subscriber {

        private final AtomicInteger untilDeath = new AtomicInteger(Integer.MAX_VALUE);
        private final Set<String> poisoned = ConcurrentHashMap.newKeySet();
        private volatile boolean available = true;
        private volatile boolean cutOff;

        /** The event at which the database is lost. */
        private volatile String outage;

        private final Deliveries deliveries = new Deliveries() {
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

        private final Pump pump = new Pump(deliveries, this, () -> true);

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

    private static Connection transaction(UUID orgId) throws SQLException {
        Connection connection = database.application().getConnection();
        connection.setAutoCommit(false);
        try (PreparedStatement stamp = connection.prepareStatement("select set_config('app.org_id', ?, true)")) {
            stamp.setString(1, orgId == null ? "" : orgId.toString());
            stamp.execute();
        }
        return connection;
    }

    private UUID write(Connection connection, String type, String subject, int value) throws SQLException {
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

    private void publish(String subject, int... values) throws SQLException {
        for (int value : values) {
            try (Connection connection = transaction(org)) {
                write(connection, TYPE, subject, value);
                connection.commit();
            }
        }
    }

    private static List<String> query(String sql) throws SQLException {
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
    private static List<String> effects() throws SQLException {
        return query("select subject || value from core.effects order by n");
    }

    private static void attemptsAreDue() throws SQLException {
        database.sql("update core.event_backlog set next_at = now() where next_at is not null");
    }

    private static void leasesAreOver() throws SQLException {
        database.sql("update core.event_subscribers set leased_until = now() - interval '1 second'");
    }

    private static void pausesAreOver() throws SQLException {
        database.sql("update core.event_subscribers set paused_until = null");
    }

    @Test
    void aSubscriberOfAnOrganizationGetsItsEventsOnly() throws Exception {
        Deliveries deliveries = new Node().deliveries;
        deliveries.subscribe("own", org);
        UUID other = UUID.randomUUID();
        database.sql(
                "insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(other));
        database.sql("insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic)"
                + " values (gen_random_uuid(), '%s', '%s', '%s', 'a', '1', 'r', false)".formatted(other, TYPE, SOURCE));
        deliveries.sequence(10);
        assertThat(deliveries.claim("own", Pump.LEASE)).isEmpty();

        publish("a", 2);
        deliveries.sequence(10);
        Deliveries.Lease lease = deliveries.claim("own", Pump.LEASE).orElseThrow();
        List<Deliveries.Next> next = deliveries.next(lease, Pump.LEASE, List.of(new Interest(null, null)), 10, 10);
        assertThat(next).hasSize(1).allMatch(one -> one.wanted() && one.orgId().equals(org));

        deliveries.restart("own", org);
        assertThatThrownBy(() -> deliveries.delivered(lease, next.get(0).position(), org))
                .matches(Deliveries::lost);
        assertThat(deliveries.claim("own", Pump.LEASE)).isPresent();
    }

    @Test
    void whatCommitsIsDeliveredAndWhatRollsBackIsNot() throws Exception {
        publish("a", 1);
        try (Connection connection = transaction(org)) {
            write(connection, TYPE, "a", 2);
            connection.rollback();
        }
        publish("a", 3);

        new Node().work().work();

        assertThat(effects()).containsExactly("a1", "a3");
        assertThat(query("select position from core.event_log order by position"))
                .hasSize(2);
        assertThat(query("select * from core.event_queue")).isEmpty();
    }

    @Test
    void whatCommitsLateIsDeliveredAfterwards() throws Exception {
        Node node = new Node();
        try (Connection early = transaction(org)) {
            write(early, TYPE, "early", 1);
            publish("late", 2);

            node.work();
            assertThat(effects())
                    .as("nothing waits for a transaction that is open")
                    .containsExactly("late2");

            early.commit();
        }
        node.work();
        assertThat(effects()).containsExactly("late2", "early1");
    }

    /**
     * The second transaction has the lower transaction id, and one between the two stays open: an order by transaction id, or one that
     * ends at the oldest open transaction, would deliver the second event first.
     */
    @Test
    void ofOneSubjectTheOrderIsThatOfTheCauses() throws Exception {
        database.sql("create table if not exists core.counter (value integer)");
        database.sql("grant select, insert, update on core.counter to space_app");
        database.sql("insert into core.counter values (0)");
        try (Connection second = transaction(org);
                Connection open = transaction(org);
                Connection first = transaction(org)) {
            for (Connection each : List.of(second, open, first)) {
                try (Statement statement = each.createStatement()) {
                    statement.execute("select pg_current_xact_id()");
                }
            }
            increment(first);
            write(first, TYPE, "counter", 1);
            first.commit();
            increment(second);
            write(second, TYPE, "counter", 2);
            second.commit();

            new Node().work();

            assertThat(effects()).containsExactly("counter1", "counter2");
            open.rollback();
        }
    }

    private static void increment(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("update core.counter set value = value + 1");
        }
    }

    @Test
    void onlyWhatIsWantedIsDelivered() throws Exception {
        try (Connection connection = transaction(org)) {
            write(connection, "note_removed", "a", 1);
            write(connection, "anything_happened", "a", 2);
            write(connection, "note_removed", "a", 3);
            connection.commit();
        }

        new Node().work();

        assertThat(effects()).containsExactly("a2");
        assertThat(query("select s.position = h.position from core.event_subscribers s, core.event_log_head h"))
                .containsExactly("t");
    }

    @Test
    void aSubscriberBeginsWithWhatComesAfterIt() throws Exception {
        publish("a", 1);
        Node node = new Node().work();
        node.deliveries.unsubscribe("test");
        publish("a", 2);
        node.work();

        node.deliveries.subscribe("test");
        publish("a", 3);
        node.work();

        assertThat(effects()).containsExactly("a1", "a3");
    }

    @Test
    void aFailingEventHoldsBackItsSubjectAndNoOther() throws Exception {
        Node node = new Node();
        node.poisoned.add("2");
        publish("a", 1, 2);
        publish("b", 3);
        publish("a", 4);
        node.work();
        publish("a", 5);
        publish("b", 6);
        node.work();
        assertThat(effects()).containsExactly("a1", "b3", "b6");

        attemptsAreDue();
        node.work();
        assertThat(effects()).containsExactly("a1", "b3", "b6");
        assertThat(query("select attempts from core.event_backlog order by position"))
                .containsExactly("2", "0", "0");

        node.poisoned.clear();
        attemptsAreDue();
        publish("a", 7);
        node.work();

        assertThat(effects()).containsExactly("a1", "b3", "b6", "a2", "a4", "a5", "a7");
        assertThat(query("select * from core.event_backlog")).isEmpty();
    }

    @Test
    void anEventThatFailsAgainAndAgainIsParked() throws Exception {
        Node node = new Node();
        node.poisoned.add("1");
        publish("a", 1, 2);
        node.work();
        for (int attempt = 1; attempt < RetrySchedule.USUAL.maxAttempts(); attempt++) {
            assertThat(query("select attempts from core.event_backlog where next_at > now()"))
                    .containsExactly(String.valueOf(attempt));
            attemptsAreDue();
            node.work();
        }

        assertThat(query("select attempts from core.event_backlog where next_at is null order by position"))
                .containsExactly(String.valueOf(RetrySchedule.USUAL.maxAttempts()), "0");
        assertThat(query("select failure from core.event_backlog where attempts > 0"))
                .containsExactly("java.lang.StackOverflowError");
        attemptsAreDue();
        node.poisoned.clear();
        node.work();
        assertThat(effects()).isEmpty();

        List<EventSubscriberView> states = subscribers(s -> s.list(ADMIN));
        assertThat(states)
                .singleElement()
                .matches(state -> state.parked() == 1 && state.waiting() == 1 && state.retrying() == 0)
                .matches(state -> state.behind() == 0 && state.oldestFailureAt() != null);
        assertThat(subscribers(s -> s.replay(ADMIN, "test")).replayed()).isOne();
        node.work();
        assertThat(effects()).containsExactly("a1", "a2");
        assertThatThrownBy(() -> subscribers(s -> s.replay(ADMIN, "other")))
                .hasMessageContaining("no subscriber other");
    }

    private static <T> T subscribers(Function<EventSubscribers, T> work) {
        return database.in(null, em -> {
            EventSubscribers subscribers = new EventSubscribers();
            subscribers.em = em;
            return work.apply(subscribers);
        });
    }

    @Test
    void anUnavailableSubscriberIsPausedAndMissesNothing() throws Exception {
        Node node = new Node();
        node.available = false;
        publish("a", 1, 2);
        node.work();
        node.available = true;
        node.work();
        assertThat(effects()).as("it is paused").isEmpty();

        pausesAreOver();
        node.work();

        assertThat(effects()).containsExactly("a1", "a2");
        assertThat(query("select pauses from core.event_subscribers")).containsExactly("0");
    }

    @Test
    void anEventThatWasDeletedIsPassed() throws Exception {
        publish("a", 1, 2);
        database.sql("delete from core.events where org_id = '%s' and data = '1'".formatted(org));

        new Node().work();

        assertThat(effects()).containsExactly("a2");
    }

    @Test
    void aNodeThatLostItsLeaseChangesNothing() throws Exception {
        Node slow = new Node();
        publish("a", 1);
        slow.deliveries.sequence(10);
        Deliveries.Lease old = slow.deliveries.claim("test", Pump.LEASE).orElseThrow();
        Deliveries.Next next =
                slow.deliveries.next(old, Pump.LEASE, slow.interests(), 10, 10).get(0);
        assertThat(new Node().deliveries.claim("test", Pump.LEASE)).isEmpty();
        leasesAreOver();
        new Node().work();

        assertThatThrownBy(() -> slow.deliver(new Delivery(
                        slow.deliveries,
                        old,
                        next.position(),
                        org,
                        slow.deliveries.find(org, next.eventId()).orElseThrow())))
                .matches(Deliveries::lost);
        assertThatThrownBy(() -> slow.deliveries.failed(old, next, "x", null)).matches(Deliveries::lost);
        slow.deliveries.release(old);

        assertThat(effects()).containsExactly("a1");
        assertThat(query("select * from core.event_backlog")).isEmpty();
    }

    /** As when a handler that ran out of its time ends after all. */
    /** A lease that could not be given back runs out, although the node lives on and looks after its leases. */
    @Test
    void deliveriesGoOnAfterAnOutageOfTheDatabase() throws Exception {
        Node node = new Node();
        node.outage = "1";
        publish("a", 1);
        node.work();
        assertThat(effects()).isEmpty();

        node.cutOff = false;
        long limit = System.nanoTime() + Pump.LEASE.multipliedBy(3).toNanos();
        while (!query("select 1 from core.event_subscribers where leased_until > now()")
                .isEmpty()) {
            node.pump.renew();
            assertThat(System.nanoTime()).as("the lease runs out").isLessThan(limit);
        }
        publish("b", 2);
        new Node().work();

        assertThat(effects()).containsExactly("a1", "b2");
    }

    @Test
    void anEventIsSettledOnce() throws Exception {
        Node node = new Node();
        publish("a", 1);
        node.deliveries.sequence(10);
        Deliveries.Lease lease = node.deliveries.claim("test", Pump.LEASE).orElseThrow();
        long position = node.deliveries
                .next(lease, Pump.LEASE, node.interests(), 10, 10)
                .get(0)
                .position();

        node.deliveries.delivered(lease, position, org);

        assertThatThrownBy(() -> node.deliveries.delivered(lease, position, org))
                .hasStackTraceContaining("was settled before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"core.event_queue", "core.event_log", "core.event_backlog", "core.event_subscribers"})
    void theApplicationWritesNothingDirectly(String table) {
        assertThatThrownBy(() -> {
                    try (Connection connection = transaction(org);
                            Statement statement = connection.createStatement()) {
                        statement.execute("delete from " + table);
                    }
                })
                .hasMessageContaining("permission denied");
    }

    @Test
    void oneTenantDoesNotSeeAnothersLog() throws Exception {
        Node node = new Node();
        node.poisoned.add("1");
        publish("a", 1);
        node.work();
        for (String table : List.of("core.event_log", "core.event_backlog")) {
            assertThat(visible(org, table)).as(table).isOne();
            assertThat(visible(UUID.randomUUID(), table)).as(table).isZero();
            assertThat(visible(null, table)).as(table).isZero();
        }
    }

    private static int visible(UUID orgId, String table) throws SQLException {
        try (Connection connection = transaction(orgId);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Two nodes deliver, and are killed at any of their transactions, while events of few subjects are written and rolled back. */
    @Test
    void nothingIsLostOrDoubledHoweverOftenNodesAreKilled() throws Exception {
        Random random = new Random(20261130);
        AtomicBoolean over = new AtomicBoolean();
        Map<String, AtomicInteger> committed = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS + 2);
        try {
            List<Future<?>> publishers = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                String subject = "s" + i + "-";
                long seed = random.nextLong();
                publishers.add(threads.submit(() -> {
                    publishUntil(over, new Random(seed), subject, committed);
                    return null;
                }));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                Node one = new Node();
                Node other = new Node();
                one.untilDeath.set(1 + random.nextInt(40));
                other.untilDeath.set(1 + random.nextInt(40));
                Future<?> killed = threads.submit(() -> workUntilDeath(one));
                workUntilDeath(other);
                killed.get(1, TimeUnit.MINUTES);
                leasesAreOver();
            }
            over.set(true);
            for (Future<?> publisher : publishers) {
                publisher.get(1, TimeUnit.MINUTES);
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
        leasesAreOver();
        attemptsAreDue();
        new Node().work();

        Map<String, List<Integer>> delivered = new ConcurrentHashMap<>();
        for (String effect : effects()) {
            String[] parts = effect.split("-", 2);
            delivered
                    .computeIfAbsent(parts[0] + "-", subject -> new ArrayList<>())
                    .add(Integer.parseInt(parts[1]));
        }
        assertThat(delivered)
                .isEqualTo(committed.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> IntStream.range(
                                        0, entry.getValue().get())
                                .boxed()
                                .toList())));
    }

    private static void workUntilDeath(Node node) {
        try {
            while (node.untilDeath.get() > 0) {
                node.work();
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("Killed");
        }
    }

    private void publishUntil(AtomicBoolean over, Random random, String subject, Map<String, AtomicInteger> committed)
            throws SQLException {
        AtomicInteger next = committed.computeIfAbsent(subject, s -> new AtomicInteger());
        for (int written = 0; written < MAX_TRANSACTIONS && !over.get(); written++) {
            try (Connection connection = transaction(org)) {
                int count = 1 + random.nextInt(3);
                for (int i = 0; i < count; i++) {
                    write(connection, TYPE, subject, next.get() + i);
                }
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    next.addAndGet(count);
                }
            }
            if (random.nextInt(20) == 0) {
                // Another node takes over in the middle of a delivery.
                leasesAreOver();
            }
        }
    }

    @Test
    void pausesBetweenAttemptsGrowUntilTheEventIsParked() {
        assertThat(RetrySchedule.USUAL.delay(1).toSeconds()).isEqualTo(1);
        assertThat(RetrySchedule.USUAL.delay(4).toSeconds()).isBetween(8L, 10L);
        assertThat(RetrySchedule.USUAL.delay(7).toSeconds()).isBetween(64L, 80L);
        assertThat(RetrySchedule.USUAL.delay(8)).isNull();
    }
}
