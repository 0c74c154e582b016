package io.thespace.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.analytics.AnalyticsAccess;
import io.thespace.analytics.UsageView;
import io.thespace.event.Outbox;
import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonalData.Subject;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.transaction.Race;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions on a real PostgreSQL, as the application's role. */
class SessionsDatabaseTest {

    private static final PageRequest PAGE = new PageRequest(100, Optional.empty());
    private static final Sessions.Filter ALL = new Sessions.Filter(null, null, null);
    private static final TerminationRequest DONE = new TerminationRequest("done");

    private static TestDatabase database;

    /** What was published: the events' types. */
    private final ConcurrentLinkedQueue<String> published = new ConcurrentLinkedQueue<>();

    private Actor actor;
    private Actor stranger;
    private UUID agent;

    /** Remembers what the real one would write. */
    private final class Listening extends Outbox {
        @Override
        public void publish(Actor by, String source, EventType type, String subject, Object data) {
            published.add(type.name());
        }
    }

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(Session.class, Message.class, Class.forName("io.thespace.agent.Agent"));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void people() throws SQLException {
        actor = somebody();
        stranger = somebody();
        agent = agent("active");
    }

    private static Actor somebody() throws SQLException {
        UUID org = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(org));
        return new Actor(org, UuidCreator.getTimeOrderedEpoch(), Role.GUEST, null, "test", null, null, false);
    }

    private UUID agent(String status) throws SQLException {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.agents (id, org_id, name, model, status, created_by, created_at, changed_at)"
                + " values ('%s', '%s', 'a', 'm', '%s', '%s', now(), now())"
                        .formatted(id, actor.orgId(), status, actor.userId()));
        return id;
    }

    private static void become(UUID agent, String status) throws SQLException {
        database.sql("update core.agents set status = '%s' where id = '%s'".formatted(status, agent));
    }

    private static void silence(UUID session) throws SQLException {
        database.sql(
                "update core.sessions set idle_at = now() - interval '1 second' where id = '%s'".formatted(session));
    }

    private <T> T as(Actor somebody, Function<Sessions, T> work) {
        return database.in(somebody.orgId(), em -> {
            Sessions sessions = new Sessions();
            sessions.em = em;
            sessions.tell(new Listening(), AnalyticsAccess.of(em));
            return work.apply(sessions);
        });
    }

    private static void refused(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                .isEqualTo(code));
    }

    private SessionView open(String subject) {
        return as(actor, all -> all.create(actor, new SessionOrder(agent, subject, 60, Map.of("channel", "chat"))));
    }

    private MessageView say(UUID session, String words) {
        return as(actor, all -> all.record(actor, session, new MessageOrder(MessageRole.USER, words, null, null)));
    }

    private SessionView find(UUID session) {
        return as(actor, all -> all.find(actor, session));
    }

    private SessionView terminate(UUID session) {
        return as(actor, all -> all.terminate(actor, session, DONE));
    }

    private void look() {
        List<Sessions.Idle> idle = as(actor, all -> all.idle(1000));
        for (Sessions.Idle one : idle) {
            Actor platform = Actor.platform(one.orgId(), "test");
            as(platform, all -> {
                all.timeOut(platform, one.id());
                return null;
            });
        }
    }

    private String stored(UUID session) {
        return (String)
                database.in(actor.orgId(), em -> em.createNativeQuery("select status from core.sessions where id = :id")
                        .setParameter("id", session)
                        .getSingleResult());
    }

    @Test
    void aSessionIsOpenedTalkedInAndEnded() {
        SessionView opened = open("ada@example.org");
        assertThat(opened.status()).isEqualTo("active");
        assertThat(opened.metadata()).containsEntry("channel", "chat");
        assertThat(opened.userId()).isEqualTo(actor.userId());

        Usage usage = new Usage("gpt", 10L, 4L, new Cost(new BigDecimal("0.000123"), "USD"), 730, null);
        assertThat(say(opened.id(), "Where is it?").position()).isEqualTo(1);
        MessageView answer = as(
                actor,
                all -> all.record(
                        actor,
                        opened.id(),
                        new MessageOrder(MessageRole.ASSISTANT, "On its way.", Map.of("n", 1), usage)));
        assertThat(answer.position()).isEqualTo(2);
        Page<MessageView> first =
                as(actor, all -> all.messages(actor, opened.id(), new PageRequest(1, Optional.empty())));
        assertThat(first.items()).extracting(MessageView::content).containsExactly("Where is it?");
        assertThat(first.items().get(0).usage()).isNull();
        Page<MessageView> second =
                as(actor, all -> all.messages(actor, opened.id(), new PageRequest(1, Optional.of(first.nextKey()))));
        assertThat(second.items()).extracting(MessageView::usage).containsExactly(usage);
        assertThat(second.items().get(0).metadata()).containsEntry("n", 1);
        assertThat(second.nextKey()).isNull();

        SessionView ended = terminate(opened.id());
        assertThat(ended.status()).isEqualTo("terminated");
        assertThat(ended.reason()).isEqualTo("done");
        assertThat(ended.messages()).isEqualTo(2);
        refused(SessionError.SESSION_ENDED, () -> say(opened.id(), "Hello?"));
        refused(SessionError.SESSION_ENDED, () -> terminate(opened.id()));
        assertThat(published).containsExactly("session_started", "session_ended");
    }

    @Test
    void whatASessionCameToIsCounted() {
        UUID session = open(null).id();
        say(session, "one");
        Usage failed = new Usage("gpt", 10L, null, new Cost(new BigDecimal("0.5"), "USD"), 730, "timeout");
        as(actor, all -> all.record(actor, session, new MessageOrder(MessageRole.ASSISTANT, "", null, failed)));

        List<UsageView> usage = AnalyticsAccess.today(database, actor);
        assertThat(usage.stream().mapToLong(UsageView::sessions).sum()).isEqualTo(1);
        assertThat(usage.stream().mapToLong(UsageView::messages).sum()).isEqualTo(2);
        assertThat(usage.stream().mapToLong(UsageView::calls).sum()).isEqualTo(1);
        assertThat(usage.stream().mapToLong(UsageView::errors).sum()).isEqualTo(1);
        assertThat(usage.stream().mapToLong(UsageView::inputTokens).sum()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "paused", "suspended", "archived"})
    void anAgentThatIsNotActiveGetsNothing(String status) throws SQLException {
        UUID session = open(null).id();
        become(agent, status);

        refused(SessionError.AGENT_NOT_ACTIVE, () -> open(null));
        refused(SessionError.AGENT_NOT_ACTIVE, () -> say(session, "x"));
        terminate(session);
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        UUID unknown = UUID.randomUUID();
        UUID session = open(null).id();
        refused(SessionError.SESSION_NOT_FOUND, () -> find(unknown));
        refused(SessionError.SESSION_NOT_FOUND, () -> say(unknown, "x"));
        refused(SessionError.SESSION_NOT_FOUND, () -> terminate(unknown));
        refused(SessionError.SESSION_NOT_FOUND, () -> as(actor, all -> all.messages(actor, unknown, PAGE)));
        refused(
                SessionError.SESSION_AGENT_UNKNOWN,
                () -> as(actor, all -> all.create(actor, new SessionOrder(unknown, null, 60, null))));
        refused(
                SessionError.METADATA_TOO_LARGE,
                () -> as(
                        actor,
                        all -> all.create(actor, new SessionOrder(agent, null, 60, Map.of("a", "x".repeat(8000))))));
        for (Cost wrong : List.of(new Cost(BigDecimal.ONE, "XYZ"), new Cost(new BigDecimal("1e-10"), "USD"))) {
            Usage usage = new Usage(null, null, null, wrong, null, null);
            refused(
                    SessionError.INVALID_COST,
                    () -> as(
                            actor,
                            all -> all.record(actor, session, new MessageOrder(MessageRole.TOOL, "x", null, usage))));
        }
        assertThat(find(session).messages()).isZero();
    }

    @Test
    void anothersSessionsDoNotExist() {
        UUID session = open(null).id();
        say(session, "secret");
        refused(SessionError.SESSION_NOT_FOUND, () -> as(stranger, all -> all.find(stranger, session)));
        refused(SessionError.SESSION_NOT_FOUND, () -> as(stranger, all -> all.messages(stranger, session, PAGE)));
        refused(SessionError.SESSION_NOT_FOUND, () -> as(stranger, all -> all.terminate(stranger, session, DONE)));
        refused(
                SessionError.SESSION_AGENT_UNKNOWN,
                () -> as(stranger, all -> all.create(stranger, new SessionOrder(agent, null, 60, null))));
        assertThat(as(stranger, all -> all.list(stranger, ALL, PAGE)).items()).isEmpty();
        // Also when a query forgets whose they are.
        List<Message> everything =
                database.in(stranger.orgId(), em -> em.createQuery("select m from Message m", Message.class)
                        .getResultList());
        assertThat(everything).isEmpty();
    }

    @Test
    void anAgentSeesItsOwnAlone() throws SQLException {
        UUID other = agent("active");
        Actor acting = new Actor(
                actor.orgId(),
                actor.userId(),
                Role.GUEST,
                null,
                "test",
                null,
                null,
                false,
                other,
                Set.of(),
                UUID.randomUUID());
        UUID session = open(null).id();
        refused(SessionError.SESSION_NOT_FOUND, () -> as(acting, all -> all.find(acting, session)));
        refused(
                SessionError.AGENT_NOT_AUTHORIZED,
                () -> as(acting, all -> all.create(acting, new SessionOrder(agent, null, 60, null))));
        UUID own = as(acting, all -> all.create(acting, new SessionOrder(other, null, 60, null)))
                .id();
        assertThat(as(acting, all -> all.list(acting, ALL, PAGE)).items())
                .extracting(SessionView::id)
                .containsExactly(own);
    }

    // Silence
    // ---------------------------------------------------------------------------------------------

    @Test
    void aSilentSessionHasTimedOutForWhoeverLooks() throws SQLException {
        UUID session = open(null).id();
        silence(session);

        refused(SessionError.SESSION_ENDED, () -> say(session, "x"));
        refused(SessionError.SESSION_ENDED, () -> terminate(session));
        SessionView seen = find(session);
        assertThat(seen.status()).isEqualTo("timed_out");
        assertThat(seen.endedAt()).isEqualTo(seen.idleAt());
        assertThat(ids(SessionStatus.TIMED_OUT)).containsExactly(session);
        assertThat(ids(SessionStatus.ACTIVE)).isEmpty();
    }

    @Test
    void silenceIsWrittenDownOnce() throws SQLException {
        UUID silent = open(null).id();
        UUID lively = open(null).id();
        silence(silent);
        SessionView before = find(silent);
        look();
        look();

        assertThat(stored(silent)).isEqualTo("timed_out");
        assertThat(find(silent)).isEqualTo(before);
        assertThat(stored(lively)).isEqualTo("active");
        assertThat(published).containsExactly("session_started", "session_started", "session_ended");
        assertThat(ids(SessionStatus.TIMED_OUT)).containsExactly(silent);
        assertThat(ids(SessionStatus.ACTIVE)).containsExactly(lively);
    }

    @Test
    void aMessageEndsTheSilence() throws SQLException {
        UUID session = open(null).id();
        database.sql(
                "update core.sessions set idle_at = now() + interval '9 seconds' where id = '%s'".formatted(session));
        say(session, "x");

        SessionView talked = find(session);
        assertThat(talked.idleAt()).isAfter(talked.createdAt().plusSeconds(59));
    }

    private List<UUID> ids(SessionStatus status) {
        return as(actor, all -> all.list(actor, new Sessions.Filter(agent, status, null), PAGE)).items().stream()
                .map(SessionView::id)
                .toList();
    }

    // Races
    // ---------------------------------------------------------------------------------------------

    @Test
    void messagesAtOnceHaveAnOrderWithoutGaps() throws Exception {
        UUID session = open(null).id();
        List<Callable<Object>> talkers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            talkers.add(() -> {
                for (int n = 0; n < 10; n++) {
                    say(session, "x");
                }
                return null;
            });
        }
        Race.run(talkers);

        assertThat(as(actor, all -> all.messages(actor, session, PAGE)).items())
                .extracting(MessageView::position)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 80).boxed().toList());
        assertThat(AnalyticsAccess.today(database, actor).stream()
                        .mapToLong(UsageView::messages)
                        .sum())
                .isEqualTo(80);
    }

    @Test
    void noMessageComesAfterTheEnd() throws Exception {
        for (int i = 0; i < 10; i++) {
            UUID session = open(null).id();
            List<Object> outcomes = Race.run(List.of(
                    () -> say(session, "a"),
                    () -> say(session, "b"),
                    () -> terminate(session),
                    () -> terminate(session)));

            long said = outcomes.stream().filter(MessageView.class::isInstance).count();
            List<SessionView> ends = outcomes.stream()
                    .filter(SessionView.class::isInstance)
                    .map(SessionView.class::cast)
                    .toList();
            assertThat(ends).hasSize(1);
            assertThat(ends.get(0).messages()).isEqualTo((int) said);
            assertThat(find(session).messages()).isEqualTo((int) said);
            assertThat(outcomes).filteredOn(SessionError.SESSION_ENDED::equals).hasSize(3 - (int) said);
        }
    }

    // People
    // ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        // the user's own session with two messages, and that they opened Ada's
        "true, , 2, 2",
        ", ada@example.org, 3, 1",
        "true, ada@example.org, 5, 2",
        ", nobody@example.org, 0, 0",
    })
    void whatIsAboutSomebodyIsErasedInBatches(Boolean theUser, String identifier, long messages, long sessions) {
        UUID own = open(null).id();
        say(own, "one");
        say(own, "two");
        UUID adas = open("ada@example.org").id();
        say(adas, "three");
        say(adas, "four");
        say(adas, "five");
        Subject subject = new Subject(theUser == null ? null : actor.userId(), identifier);
        List<String> exported = new ArrayList<>();

        Map<String, Long> counted = counts(people -> people.count(actor, subject));
        assertThat(counted.getOrDefault("core.session_messages", 0L)).isEqualTo(messages);
        assertThat(counted.getOrDefault("core.sessions", 0L)).isEqualTo(sessions);
        counts(people -> {
            people.export(actor, subject, (store, row) -> exported.add(store));
            return Map.of();
        });
        assertThat(exported).filteredOn("core.session_messages"::equals).hasSize((int) messages);
        assertThat(exported).filteredOn("core.sessions"::equals).hasSize((int) sessions);

        Map<String, Long> erased = new TreeMap<>();
        Map<String, Long> batch;
        do {
            batch = counts(people -> people.erase(actor, subject, 2));
            assertThat(batch.values().stream().mapToLong(rows -> rows).sum()).isLessThanOrEqualTo(2);
            batch.forEach((store, rows) -> erased.merge(store, rows, Long::sum));
        } while (!batch.isEmpty());
        assertThat(erased).isEqualTo(counted);
        assertThat(counts(people -> people.count(actor, subject))).isEmpty();
        if (identifier == null) {
            assertThat(find(adas).userId()).isNull();
            assertThat(find(adas).messages()).isEqualTo(3);
        }
    }

    private Map<String, Long> counts(Function<SessionPersonalData, Map<String, Long>> work) {
        return database.in(actor.orgId(), em -> {
            SessionPersonalData people = new SessionPersonalData();
            people.em = em;
            return work.apply(people);
        });
    }
}
