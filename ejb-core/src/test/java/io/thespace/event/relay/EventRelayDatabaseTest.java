package io.thespace.event.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delivery of events: selection, order and access. */
class EventRelayDatabaseTest extends RelayCase {

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
    void anEventThatWasDeletedIsPassed() throws Exception {
        publish("a", 1, 2);
        database.sql("delete from core.events where org_id = '%s' and data = '1'".formatted(org));

        new Node().work();

        assertThat(effects()).containsExactly("a2");
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
}
