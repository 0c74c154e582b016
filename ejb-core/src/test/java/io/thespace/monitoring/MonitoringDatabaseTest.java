package io.thespace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.TestDatabase;
import io.thespace.monitoring.Judgement.Level;
import io.thespace.plugin.api.Actor;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The business numbers' queries and the probes, on a real PostgreSQL as the application's role. */
class MonitoringDatabaseTest {

    private static final String SOURCE = "/plugins/ledger";

    private static TestDatabase database;

    private final Instant now = Instant.now();
    private UUID acme;
    private UUID globex;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase();
        database.sql("grant select on core.flyway_schema_history to space_app");
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void twoOrganizations() throws Exception {
        database.sql("truncate core.organizations, core.users cascade");
        acme = organization();
        globex = organization();
    }

    private static UUID organization() throws SQLException {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('" + id + "', 'Acme', now())");
        return id;
    }

    private void event(UUID org, Duration ago, String source, String type, boolean synthetic, String data)
            throws SQLException {
        Instant at = now.minus(ago);
        UUID id = UuidCreator.getTimeOrderedEpoch(at);
        database.sql(
                """
                insert into core.events (id, org_id, type, source, subject, data, actor_id, request_id, synthetic, recorded_at)
                values ('%s', '%s', '%s', '%s', 'x', '%s', '%s', 'test', %s, '%s')
                """
                        .formatted(id, org, type, source, data, org, synthetic, at));
    }

    private void paid(Duration ago, String amount, String currency) throws SQLException {
        event(acme, ago, SOURCE, "paid", false, "{\"amount\": %s, \"currency\": \"%s\"}".formatted(amount, currency));
    }

    private static BigDecimal[] numbers(Tally tally, String key) {
        Map<Window, BigDecimal> values = tally.rows().stream()
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElseThrow()
                .values();
        return Arrays.stream(Window.values()).map(values::get).toArray(BigDecimal[]::new);
    }

    private static BigDecimal[] exactly(String... numbers) {
        return Arrays.stream(numbers).map(BigDecimal::new).toArray(BigDecimal[]::new);
    }

    private Tally tally(UUID org, Function<Tallies, Tally> count) {
        return tally(org, 1_000, count);
    }

    private Tally tally(UUID org, int most, Function<Tallies, Tally> count) {
        return database.in(org, em -> count.apply(new Tallies(em, most)));
    }

    private Actor actor(UUID org) {
        return Actor.platform(org, "test");
    }

    @Test
    void eventsAreCountedAndAddedUpExactlyInEachWindow() throws Exception {
        paid(Duration.ofMinutes(1), "0.10", "USD");
        paid(Duration.ofMinutes(59), "0.20", "USD");
        paid(Duration.ofMinutes(61), "1.00", "USD");
        paid(Duration.ofDays(2), "999999999999999.99", "USD");
        paid(Duration.ofDays(29), "5", "JPY");
        paid(Duration.ofDays(31), "7", "USD");

        Tally count = tally(acme, t -> t.events(actor(acme), SOURCE, "paid", null, null, now));
        Tally amount = tally(acme, t -> t.events(actor(acme), SOURCE, "paid", "amount", "currency", now));

        assertThat(numbers(count, "")).isEqualTo(exactly("2", "3", "4", "5"));
        assertThat(numbers(amount, "USD"))
                .isEqualTo(exactly("0.30", "1.30", "1000000000000001.29", "1000000000000001.29"));
        assertThat(numbers(amount, "JPY")).isEqualTo(exactly("0", "0", "0", "5"));
        assertThat(amount.complete()).isTrue();
    }

    @Test
    void onlyTheOrganizationsOwnRealEventsOfThePluginCount() throws Exception {
        paid(Duration.ofMinutes(1), "1", "USD");
        event(acme, Duration.ofMinutes(1), SOURCE, "paid", true, "{\"amount\": 100, \"currency\": \"USD\"}");
        event(acme, Duration.ofMinutes(1), SOURCE, "refunded", false, "{\"amount\": 100, \"currency\": \"USD\"}");
        event(acme, Duration.ofMinutes(1), "/plugins/other", "paid", false, "{\"amount\": 100}");
        event(globex, Duration.ofMinutes(1), SOURCE, "paid", false, "{\"amount\": 100, \"currency\": \"USD\"}");

        Tally amount = tally(acme, t -> t.events(actor(acme), SOURCE, "paid", "amount", "currency", now));
        assertThat(numbers(amount, "USD")).isEqualTo(exactly("1", "1", "1", "1"));
        assertThat(amount.rows()).hasSize(1);
        // Not even when the query's own predicate names another organization.
        assertThat(tally(acme, t -> t.events(actor(globex), SOURCE, "paid", null, null, now))
                        .rows())
                .isEmpty();
    }

    @Test
    void whatIsNoNumberAddsNothing() throws Exception {
        event(acme, Duration.ofMinutes(1), SOURCE, "paid", false, "{\"amount\": \"many\"}");
        event(acme, Duration.ofMinutes(1), SOURCE, "paid", false, "{}");
        paid(Duration.ofMinutes(1), "2.5", "USD");

        assertThat(numbers(tally(acme, t -> t.events(actor(acme), SOURCE, "paid", "amount", null, now)), ""))
                .isEqualTo(exactly("2.5", "2.5", "2.5", "2.5"));
        assertThat(numbers(tally(acme, t -> t.events(actor(acme), SOURCE, "paid", null, "currency", now)), ""))
                .isEqualTo(exactly("2", "2", "2", "2"));
    }

    @Test
    void moreThanTheMostIsSaidToBeIncomplete() throws Exception {
        for (int i = 0; i < 4; i++) {
            paid(Duration.ofMinutes(i + 1), "1", "USD");
        }
        assertThat(tally(acme, 4, t -> t.events(actor(acme), SOURCE, "paid", null, null, now))
                        .complete())
                .isTrue();
        assertThat(tally(acme, 3, t -> t.events(actor(acme), SOURCE, "paid", null, null, now))
                        .complete())
                .isFalse();

        for (int i = 0; i <= Tallies.MAX_KEYS; i++) {
            paid(Duration.ofMinutes(1), "1", "C" + i);
        }
        Tally many = tally(acme, t -> t.events(actor(acme), SOURCE, "paid", null, "currency", now));
        assertThat(many.rows()).hasSize(Tallies.MAX_KEYS);
        assertThat(many.rows().get(0).key()).isEqualTo("USD");
        assertThat(many.complete()).isFalse();
    }

    @Test
    void theQueryUsesTheIndexThatListsEvents() throws Exception {
        database.sql("insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic)"
                + " select gen_random_uuid(), '" + acme + "', 'noise', 'x', 'x', '{}', 'x', false"
                + " from generate_series(1, 5000)");
        database.sql("analyze core.events");
        List<?> plan = database.in(
                acme, em -> em.createNativeQuery("explain select recorded_at from core.events where org_id = '" + acme
                                + "' and type = 'paid' and id >= '01900000-0000-0000-0000-000000000000'"
                                + " and not synthetic order by id desc limit 1000000")
                        .getResultList());
        assertThat(plan.toString()).contains("events_newest_of_type").doesNotContain("Seq Scan");
    }

    @Test
    void thePlatformsOwnNumbers() throws Exception {
        UUID user = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.users (id, email, name, created_at) values ('" + user + "', 'a@b', 'A', now())");
        database.sql("insert into core.memberships (id, org_id, user_id, role, created_at) values ('" + user + "', '"
                + acme + "', '" + user + "', 'member', now() - interval '2 hours')");
        database.sql("insert into core.sign_ins (id, org_id, user_id, created_at, expires_at) values ('" + user + "', '"
                + acme + "', '" + user + "', now() - interval '2 days', now())");
        paid(Duration.ofMinutes(1), "1", "USD");
        paid(Duration.ofMinutes(1), "1", "USD");
        event(acme, Duration.ofMinutes(1), SOURCE, "refunded", false, "{}");

        assertThat(numbers(tally(acme, t -> t.newMembers(actor(acme), now)), ""))
                .isEqualTo(exactly("0", "1", "1", "1"));
        assertThat(numbers(tally(acme, t -> t.signIns(actor(acme), now)), "")).isEqualTo(exactly("0", "0", "1", "1"));
        assertThat(numbers(tally(acme, t -> t.activeUsers(actor(acme), now)), ""))
                .isEqualTo(exactly("1", "1", "1", "1"));
        assertThat(numbers(tally(acme, t -> t.newOrganizations(actor(acme), now)), ""))
                .isEqualTo(exactly("2", "2", "2", "2"));
        Tally byType = tally(acme, t -> t.eventsByType(actor(acme), now));
        assertThat(byType.rows()).extracting(Tally.Row::key).containsExactly("paid", "refunded");
        for (Function<Tallies, Tally> count : List.<Function<Tallies, Tally>>of(
                t -> t.signIns(actor(globex), now), t -> t.newMembers(actor(globex), now))) {
            assertThat(tally(globex, count).rows()).isEmpty();
        }
    }

    @Test
    void theProbesWorkAsTheApplicationsRole() throws Exception {
        Probes probes = new Probes(database.application());

        assertThat(probes.roundTrip().finding()).startsWith("PostgreSQL 1");
        assertThat(probes.connections().level()).isEqualTo(Level.OK);
        assertThat(probes.clock().level()).isEqualTo(Level.OK);
        assertThat(probes.writing(acme).finding()).contains("rolled back");
        assertThat(probes.writing(null).level()).isNotEqualTo(Level.DOWN);
        assertThat(probes.writing(UUID.randomUUID()).level()).isNotEqualTo(Level.DOWN);
        assertThat(tally(acme, t -> t.eventsByType(actor(acme), now)).rows()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsNoticed() throws Exception {
        Probes probes = new Probes(database.application());
        database.sql("revoke insert on core.events from space_app");
        try {
            assertThatThrownBy(() -> probes.writing(acme)).hasMessageContaining("permission denied");
            assertThatThrownBy(() -> probes.writing(null)).hasMessageContaining("only read");
        } finally {
            database.sql("grant insert on core.events to space_app");
        }
    }

    @Test
    void historiesAreReadAndTheirLackIsNoticed() throws Exception {
        Probes probes = new Probes(database.application());
        int newest;
        try (Connection connection = database.application().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select max(version::int) from core.flyway_schema_history where version is not null")) {
            row.next();
            newest = row.getInt(1);
        }
        String there = Integer.toString(newest);

        assertThat(probes.migrations(Map.of("core", there))).satisfies(judgement -> {
            assertThat(judgement.finding()).isEqualTo("core is at " + there + ".");
            assertThat(judgement.level()).isEqualTo(Level.OK);
        });
        assertThat(probes.migrations(Map.of("core", Integer.toString(newest + 1)))
                        .level())
                .isEqualTo(Level.DOWN);
        assertThat(probes.migrations(Map.of("core", there, "nowhere", "1")).finding())
                .contains("nowhere has no history");
    }
}
