package io.thespace.event.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Actor;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Events that fail, subscribers that are away, and the backlog. */
class EventFailuresDatabaseTest extends RelayCase {

    private static final Actor ADMIN = Actor.platform(null, "test");

    private static void pausesAreOver() throws SQLException {
        database.sql("update core.event_subscribers set paused_until = null");
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

    /** As {@code core.replay_webhook_delivery} does for one event. */
    private void replayAll() throws SQLException {
        database.sql(
                "insert into core.event_backlog (subscriber, position, event_id, org_id, subject_hash, attempts, next_at)"
                        + " select 'test', l.position, l.event_id, l.org_id,"
                        + " hashtextextended(concat_ws(chr(31), l.org_id, e.source, e.subject), 0), 0, now()"
                        + " from core.event_log l join core.events e on e.id = l.event_id");
    }

    @Test
    void aReplayedEventWaitsBehindAReplayedOneThatFails() throws Exception {
        Node node = new Node();
        publish("a", 1, 2);
        node.work();
        node.poisoned.add("1");
        replayAll();
        publish("b", 3);
        node.work();
        assertThat(effects()).containsExactly("a1", "a2", "b3");
        assertThat(query("select attempts || ' ' || (next_at is null) from core.event_backlog order by position"))
                .containsExactly("1 false", "0 true");

        node.poisoned.clear();
        attemptsAreDue();
        node.work();

        assertThat(effects()).containsExactly("a1", "a2", "b3", "a1", "a2");
        assertThat(query("select * from core.event_backlog")).isEmpty();
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
    void pausesBetweenAttemptsGrowUntilTheEventIsParked() {
        assertThat(RetrySchedule.USUAL.delay(1).toSeconds()).isEqualTo(1);
        assertThat(RetrySchedule.USUAL.delay(4).toSeconds()).isBetween(8L, 10L);
        assertThat(RetrySchedule.USUAL.delay(7).toSeconds()).isBetween(64L, 80L);
        assertThat(RetrySchedule.USUAL.delay(8)).isNull();
    }
}
