package io.thespace.mirrorcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonalData.Subject;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known about somebody is found, given out and erased; and what is too old goes. */
class MirrorPersonalDataTest {

    private final Conversations own = new Conversations();
    private final Conversations elsewhere = new Conversations();
    private final UUID alices = own.open(own.alice, "About Alice");
    private final UUID bobs = own.open(own.bob, null);

    private void talk() {
        own.say(own.alice, alices, "Alice", "My number is 555.");
        own.say(own.alice, alices, "Dora", "Mine too.");
        own.say(own.bob, bobs, "Alice", "Hello.");
        own.say(own.bob, bobs, "Bob", "Hello, Alice.");
        own.say(own.bob, bobs, "Alice", "Good-bye.");
        UUID theirs = elsewhere.open(elsewhere.alice, "Elsewhere");
        elsewhere.say(elsewhere.alice, theirs, "Alice", "Another Alice.");
    }

    @Test
    void findsSpeakersByTheirNameAndUsersByTheirId() {
        talk();

        assertThat(count(new Subject(null, "Alice"))).containsOnly(Map.entry("turn", 3L), Map.entry("speaker", 2L));
        assertThat(count(new Subject(own.alice.userId(), null)))
                .containsOnly(Map.entry("turn", 2L), Map.entry("session", 1L));
        assertThat(count(new Subject(own.alice.userId(), "Alice")))
                .containsOnly(Map.entry("turn", 4L), Map.entry("speaker", 2L), Map.entry("session", 1L));
        assertThat(count(new Subject(null, "Nobody"))).isEmpty();
        assertThat(count(new Subject(elsewhere.alice.userId(), null))).isEmpty();
    }

    /** Also those whom an older version stored, without the normal form. */
    @Test
    void findsSpeakersInEverySpellingOfTheirName() throws Exception {
        List<String> spellings = List.of("zo\u00eb", "zoe\u0308", "ZOE\u0308", "\uff3ao\u00cb", "Zo\u00eb\u200b");
        for (String spelling : spellings) {
            own.say(own.bob, bobs, spelling, "Hello.");
        }
        own.say(own.bob, bobs, "Zoe", "Somebody else.");
        Conversations.asOwner("update mirrorcore.speaker set name_key = null where org_id = '%s' and name like 'z%%'"
                .formatted(own.orgId));

        for (String spelling : spellings) {
            assertThat(count(new Subject(null, spelling)))
                    .as(spelling)
                    .containsOnly(Map.entry("turn", 5L), Map.entry("speaker", 5L));
        }
        erase(new Subject(null, spellings.get(0)), 100);
        assertThat(count(new Subject(null, spellings.get(1)))).isEmpty();
        assertThat(count(new Subject(null, "zoe"))).containsOnly(Map.entry("turn", 1L), Map.entry("speaker", 1L));
    }

    @Test
    void givesOutAllThereIs() {
        talk();
        List<Object> rows = new ArrayList<>();
        own.people(people -> {
            people.export(own.admin, new Subject(own.alice.userId(), "Alice"), (store, row) -> rows.add(row));
            return null;
        });

        assertThat(rows).filteredOn(TurnView.class::isInstance).hasSize(4);
        assertThat(rows).filteredOn(SessionView.class::isInstance).hasSize(1);
        assertThat(rows.toString())
                .contains("My number is 555.", "Good-bye.", "About Alice")
                .doesNotContain("Another");
    }

    @Test
    void erasesASpeakerFromEverySession() {
        talk();
        Subject alice = new Subject(null, "Alice");

        assertThat(erase(alice, 2)).as("no more than so many").containsOnly(Map.entry("turn", 2L));
        assertThat(erase(alice, 100)).containsEntry("turn", 1L);
        assertThat(erase(alice, 100)).isEmpty();

        assertThat(count(alice)).isEmpty();
        MetricsView left = own.metrics(bobs);
        assertThat(left.speakers()).extracting(SpeakerView::speaker).containsExactly("Bob");
        SessionView session = own.sessions(s -> s.find(own.bob, bobs));
        assertThat(List.of(session.turns(), session.words())).containsExactly(1, 2);
        assertThat(left.measures().words()).isEqualTo(2);
        TurnView next = own.say(own.bob, bobs, "Bob", "Are you there?");
        assertThat(next.position()).as("no position comes twice").isEqualTo(4);
    }

    @Test
    void erasesAUserWithTurnsAndSessions() {
        talk();
        own.say(own.bob, alices, "Bob", "I was here.");
        own.settings(s -> s.change(own.alice, new SettingsOrder(7)));
        Subject alice = new Subject(own.alice.userId(), null);

        assertThat(erase(alice, 100))
                .containsOnly(Map.entry("turn", 2L), Map.entry("session", 1L), Map.entry("setting", 1L));
        assertThat(erase(alice, 100)).isEmpty();

        SessionView shell = own.sessions(s -> s.find(own.bob, alices));
        assertThat(shell.title()).isNull();
        assertThat(shell.createdBy()).isNull();
        assertThat(own.metrics(alices).speakers())
                .extracting(SpeakerView::speaker)
                .containsExactly("Bob");
        assertThat(erase(new Subject(own.bob.userId(), null), 100)).containsEntry("turn", 4L);
        assertThat(own.settings(s -> s.find(own.bob)).retentionDays()).isEqualTo(7);
    }

    /** The erasure waits for the turn, and then looks at the session again. */
    @Test
    void aFirstTurnThatIsAddedMeanwhileStays() throws Exception {
        ExecutorService erasing = Executors.newSingleThreadExecutor();
        try {
            Future<Map<String, Long>> erased = own.turns(turns -> {
                turns.add(own.bob, alices, new TurnOrder("Bob", "I was here."));
                Future<Map<String, Long>> waiting =
                        erasing.submit(() -> erase(new Subject(own.alice.userId(), null), 100));
                awaitWaiting();
                return waiting;
            });

            assertThat(erased.get(1, TimeUnit.MINUTES)).containsOnly(Map.entry("session", 1L));
            assertThat(own.metrics(alices).speakers())
                    .extracting(SpeakerView::speaker)
                    .containsExactly("Bob");
        } finally {
            erasing.shutdownNow();
        }
        assertThat(own.sessions(s -> s.find(own.bob, alices)).createdBy()).isNull();
    }

    /** Until another transaction waits for a lock. */
    private static void awaitWaiting() {
        Instant end = Instant.now().plusSeconds(30);
        while (number(null, "select count(*) from pg_locks where not granted") == 0) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Nothing waits");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Test
    void erasesWithinOneOrganizationOnly() {
        talk();
        Subject alice = new Subject(elsewhere.alice.userId(), "Alice");
        erase(alice, 100);

        assertThat(elsewhere(alice)).containsEntry("turn", 1L);
    }

    @Test
    void whatIsTooOldGoesBoundedly() throws Exception {
        talk();
        UUID young = own.open(own.alice, "Young");
        own.say(own.alice, young, "Alice", "Hello.");
        // Alice's organization keeps for 7 days, the other one for as long as is the rule.
        own.settings(s -> s.change(own.admin, new SettingsOrder(7)));
        Conversations.asOwner(
                "update mirrorcore.session set active_at = now() - interval '8 days' where id in ('%s', '%s')"
                        .formatted(alices, bobs));
        Conversations.asOwner("update mirrorcore.session set active_at = now() - interval '89 days' where org_id = '%s'"
                .formatted(elsewhere.orgId));

        assertThat(purge(3)).isGreaterThanOrEqualTo(3);
        while (purge(3) > 0) {
            // Some rows at a time.
        }

        assertThat(own.sessions(s -> s.page(own.alice, new PageRequest(9, Optional.empty())))
                        .items())
                .extracting(SessionView::sessionId)
                .containsExactly(young);
        assertThat(count(new Subject(null, "Dora"))).isEmpty();
        assertThat(elsewhere(new Subject(null, "Alice"))).containsEntry("turn", 1L);
        Conversations.asOwner("update mirrorcore.session set active_at = now() - interval '91 days' where org_id = '%s'"
                .formatted(elsewhere.orgId));
        while (purge(100) > 0) {
            // All of it.
        }
        assertThat(elsewhere(new Subject(null, "Alice"))).isEmpty();
    }

    @Test
    void settingsAreTheOrganizationsOwn() {
        SettingsView unset = own.settings(s -> s.find(own.alice));
        assertThat(unset).isEqualTo(new SettingsView(90, null));
        own.settings(s -> s.change(own.admin, new SettingsOrder(30)));
        SettingsView changed = own.settings(s -> s.change(own.admin, new SettingsOrder(31)));
        assertThat(changed.retentionDays()).isEqualTo(31);
        assertThat(changed.changedAt()).isNotNull();
        assertThat(elsewhere.settings(s -> s.find(elsewhere.alice)).retentionDays())
                .isEqualTo(90);
    }

    /** A query that forgets its predicate sees its own organization, and none sees nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"session", "speaker", "turn", "setting"})
    void rowsOfOthersAreHidden(String table) {
        talk();
        own.settings(s -> s.change(own.admin, new SettingsOrder(7)));
        elsewhere.settings(s -> s.change(elsewhere.admin, new SettingsOrder(7)));
        String foreign = "select count(*) from mirrorcore." + table + " where org_id <> '" + own.orgId + "'";

        assertThat(number(own.orgId, foreign)).isZero();
        assertThat(number(own.orgId, "select count(*) from mirrorcore." + table))
                .isPositive();
        assertThat(number(elsewhere.orgId, foreign)).isPositive();
        assertThat(number(null, "select count(*) from mirrorcore." + table)).isZero();
        assertThatThrownBy(() -> Conversations.in(own.orgId, entities -> entities.createNativeQuery(
                                "insert into mirrorcore.setting (org_id, retention_days) values (gen_random_uuid(), 1)")
                        .executeUpdate()))
                .isInstanceOf(PersistenceException.class)
                .hasStackTraceContaining("row-level security");
    }

    private static long number(UUID org, String sql) {
        return Conversations.in(
                org, entities -> ((Number) entities.createNativeQuery(sql).getSingleResult()).longValue());
    }

    private Map<String, Long> count(Subject subject) {
        return own.people(people -> people.count(own.admin, subject));
    }

    private Map<String, Long> elsewhere(Subject subject) {
        return elsewhere.people(people -> people.count(elsewhere.admin, subject));
    }

    private Map<String, Long> erase(Subject subject, int most) {
        Actor platform = Actor.platform(own.orgId, "erasure");
        return own.people(people -> people.erase(platform, subject, most));
    }

    @Test
    void allThatIsTooOldGoesInOneRun() throws Exception {
        Conversations.asOwner("insert into mirrorcore.session (id, org_id, active_at)"
                + " select gen_random_uuid(), '%s', now() - interval '91 days' from generate_series(1, 150)"
                        .formatted(elsewhere.orgId));

        new SessionExpiry(new EachInItsOwnTransaction()).purge();

        assertThat(number(elsewhere.orgId, "select count(*) from mirrorcore.session"))
                .isZero();
    }

    /** A server may give up a timer that throws. */
    @Test
    void anOutageOfTheDatabaseDoesNotEndTheTimer() {
        ExpiredSessions unreachable = new ExpiredSessions(Conversations.in(null, entities -> entities));
        assertThatThrownBy(() -> unreachable.delete(1)).as("it is closed").isInstanceOf(IllegalStateException.class);

        assertThatCode(() -> new SessionExpiry(unreachable).purge()).doesNotThrowAnyException();
    }

    /** As the timer does: without a tenant. */
    private static long purge(int most) {
        return Conversations.in(null, entities -> new ExpiredSessions(entities).delete(most));
    }

    /** As the container would. */
    private static final class EachInItsOwnTransaction extends ExpiredSessions {
        @Override
        public long delete(int maxTurns) {
            return purge(maxTurns);
        }
    }
}
