package io.thespace.mirrorcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private final Conversations own = new Conversations();
    private final Conversations elsewhere = new Conversations();
    private final UUID session = own.open(own.alice, "First");

    @Test
    void keepsTurnsInTheirOrderWithTheirMeasures() {
        TurnView first = own.say(own.alice, session, " Alice ", "Do you like it? I don't know.");
        TurnView second = own.say(own.bob, session, "Bob", "Perhaps.");

        assertThat(first.speaker()).isEqualTo("Alice");
        assertThat(List.of(first.position(), second.position())).containsExactly(1, 2);
        assertThat(first.measures().questionRatio()).isEqualTo(0.5);
        assertThat(second.measures().hedgeRatio()).isEqualTo(1.0);
        assertThat(first.createdBy()).isEqualTo(own.alice.userId());
        Page<TurnView> page = own.turns(t -> t.page(own.bob, session, new PageRequest(1, Optional.empty())));
        assertThat(page.items()).extracting(TurnView::measures).containsExactly(first.measures());
        Page<TurnView> rest = own.turns(t -> t.page(own.bob, session, new PageRequest(1, Optional.of(page.nextKey()))));
        assertThat(rest.items()).extracting(TurnView::turnId).containsExactly(second.turnId());
        assertThat(rest.nextKey()).isNull();
        SessionView view = own.sessions(s -> s.find(own.bob, session));
        assertThat(List.of(view.turns(), view.words())).containsExactly(2, 8);
    }

    @Test
    void pagesThroughSessionsTheNewestFirst() {
        UUID second = own.open(own.bob, null);
        UUID third = own.open(own.alice, "Third");
        Page<SessionView> page = own.sessions(s -> s.page(own.alice, new PageRequest(2, Optional.empty())));
        assertThat(page.items()).extracting(SessionView::sessionId).containsExactly(third, second);
        Page<SessionView> rest = own.sessions(s -> s.page(own.alice, new PageRequest(2, Optional.of(page.nextKey()))));
        assertThat(rest.items()).extracting(SessionView::sessionId).containsExactly(session);
    }

    @Test
    void renamesAndDeletes() {
        own.say(own.alice, session, "Alice", "Hello.");
        assertThat(own.sessions(s -> s.rename(own.bob, session, new SessionOrder("Other")))
                        .title())
                .isEqualTo("Other");
        own.sessions(s -> {
            s.delete(own.bob, session);
            return null;
        });
        refused(MirrorError.SESSION_NOT_FOUND, () -> own.sessions(s -> s.find(own.alice, session)));
        refused(
                MirrorError.SESSION_NOT_FOUND,
                () -> own.turns(t -> t.page(own.alice, session, new PageRequest(1, Optional.empty()))));
    }

    @Test
    void anotherOrganizationsSessionDoesNotExist() {
        refused(MirrorError.SESSION_NOT_FOUND, () -> elsewhere.sessions(s -> s.find(elsewhere.alice, session)));
        refused(MirrorError.SESSION_NOT_FOUND, () -> elsewhere.say(elsewhere.alice, session, "A", "Hello."));
        refused(MirrorError.SESSION_NOT_FOUND, () -> elsewhere.sessions(s -> s.metrics(elsewhere.alice, session)));
        refused(MirrorError.SESSION_NOT_FOUND, () -> elsewhere.sessions(s -> s.complete(elsewhere.alice, session)));
        // Also where a query names the wrong organization: the policy hides the row.
        refused(MirrorError.SESSION_NOT_FOUND, () -> elsewhere.sessions(s -> s.find(own.alice, session)));
    }

    @Test
    void measuresASessionItsSpeakersAndPairs() {
        own.say(own.alice, session, "Alice", "I think the cat is on the table. Is the cat hungry?");
        own.say(own.alice, session, "Bob", "The cat is not hungry, but the dog may be hungry.");
        own.say(own.alice, session, "Alice", "Taxes rose.");
        own.say(own.alice, session, "Carol", "Die Katze sitzt schon wieder auf dem Tisch und wartet auf ihr Futter.");

        MetricsView metrics = own.metrics(session);

        assertThat(metrics.turns()).isEqualTo(4);
        assertThat(metrics.speakers())
                .extracting(SpeakerView::speaker, SpeakerView::turns)
                .containsExactly(tuple("Alice", 2), tuple("Bob", 1), tuple("Carol", 1));
        assertThat(metrics.matches()).hasSize(3);
        assertThat(metrics.matches().get(0).styleMatch()).isBetween(0.0, 1.0).isEqualTo(metrics.styleMatch());
        assertThat(metrics.matches().get(1).styleMatch())
                .as("Carol speaks no English")
                .isNull();
        assertThat(metrics.speakers().get(2).measures().language()).isEqualTo("de");
        assertThat(metrics.speakers().get(2).measures().sentiment()).isNull();
        assertThat(metrics.speakers().get(2).measures().words()).isEqualTo(13);
        assertThat(metrics.measures().language()).isEqualTo("en");
        assertThat(metrics.measures().note()).startsWith("25 of 38 words are English");
        assertThat(metrics.windows())
                .hasSize(4)
                .extracting(WindowView::fromPosition)
                .containsExactly(1, 2, 3, 4);
        assertThat(metrics.windows()).extracting(WindowView::drift).startsWith((Double) null);
        // cat 2, table, hungry, think 1 against cat, dog 1, hungry 2: 1 − (2 + 2) / (√7 · √6).
        assertThat(metrics.windows().get(1).drift()).isEqualTo(Numbers.rounded(1 - 4 / Math.sqrt(42)));
        assertThat(metrics.windows().get(2).drift()).isEqualTo(1.0);
        // 4 sentences of Alice's and Bob's in English, one of them a question.
        assertThat(metrics.measures().sentences()).isEqualTo(4);
        assertThat(metrics.measures().questionRatio()).isEqualTo(0.25);
        assertThat(metrics.measures().hedgeRatio()).isEqualTo(Numbers.rounded(1.0 / 25));
    }

    /** What is put together from turns is what the same words are as one text. */
    @Test
    void aSessionOfOneTurnMeasuresLikeItsText() {
        TurnView turn = own.say(own.alice, session, "Alice", TextsTest.ALICE + " " + TextsTest.PRIDE);
        MetricsView metrics = own.metrics(session);

        assertThat(metrics.measures()).isEqualTo(turn.measures());
        assertThat(metrics.speakers().get(0).measures()).isEqualTo(turn.measures());
        assertThat(metrics.windows().get(0).measures()).isEqualTo(turn.measures());
        assertThat(metrics.drift()).isNull();
        assertThat(metrics.styleMatch()).isNull();
    }

    @Test
    void completesOnceAndTellsNumbersOnly() {
        refused(MirrorError.SESSION_EMPTY, () -> own.sessions(s -> s.complete(own.alice, session)));
        own.say(own.alice, session, "Alice", "The secret word is marmalade.");
        MetricsView metrics = own.sessions(s -> s.complete(own.alice, session));

        assertThat(own.published).singleElement().satisfies(event -> {
            assertThat(event.type().name()).isEqualTo("session_measured");
            assertThat(event.subject()).isEqualTo(session.toString());
            assertThat(event.data()).isEqualTo(SessionMeasured.of(metrics));
            assertThat(event.data().toString()).doesNotContain("Alice", "secret", "marmalade");
        });
        refused(MirrorError.SESSION_COMPLETED, () -> own.sessions(s -> s.complete(own.alice, session)));
        refused(MirrorError.SESSION_COMPLETED, () -> own.say(own.alice, session, "Alice", "More."));
        assertThat(own.metrics(session)).isEqualTo(metrics);
    }

    @Test
    void speakersWordsAndCharactersAreBounded() throws Exception {
        for (int i = 0; i < Session.MAX_SPEAKERS; i++) {
            own.say(own.alice, session, "Speaker " + i, "Hello.");
        }
        refused(MirrorError.SESSION_FULL, () -> own.say(own.alice, session, "One more", "Hello."));
        own.say(own.alice, session, "Speaker 0", "Hello.");

        UUID long1 = own.open(own.alice, null);
        String words = "no ".repeat(16_666);
        for (int i = 0; i < 15; i++) {
            own.say(own.alice, long1, "A", words);
        }
        refused(MirrorError.SESSION_FULL, () -> own.say(own.alice, long1, "A", words));
        assertThat(own.metrics(long1).measures().words()).isEqualTo(15 * 16_666);

        Conversations.asOwner("update mirrorcore.session set characters = %d where id = '%s'"
                .formatted(Session.MAX_CHARACTERS - 6, session));
        refused(MirrorError.SESSION_FULL, () -> own.say(own.alice, session, "Speaker 0", "Good-bye."));
        own.say(own.alice, session, "Speaker 0", "Hello.");
    }

    @Test
    void whatTheDatabaseCannotKeepIsRefused() {
        refused(MirrorError.UNREADABLE_TEXT, () -> own.say(own.alice, session, "A\0", "Hello."));
        refused(MirrorError.UNREADABLE_TEXT, () -> own.say(own.alice, session, "A", "Hel\0lo."));
        refused(MirrorError.UNREADABLE_TEXT, () -> own.say(own.alice, session, "\u2003", "Hello."));
        refused(MirrorError.UNREADABLE_TEXT, () -> own.open(own.alice, "\0"));
        assertThat(own.say(own.alice, session, "A", "half a pair \uD800 here").position())
                .isEqualTo(1);
    }

    /** Ten thousand turns, written past the use case: what matters here is reading them. */
    @Test
    void tenThousandTurnsHaveMetrics() throws Exception {
        own.say(
                own.alice,
                session,
                "Alice",
                "Well, I think we should perhaps look at the whole budget again. Do you agree?");
        own.say(own.alice, session, "Bob", "Not really, because the numbers of last year are good enough for me.");
        Conversations.asOwner(
                """
                insert into mirrorcore.turn
                select gen_random_uuid(), session_id, position + 2 * n, org_id, speaker_id, created_by, created_at,
                    text || ' ' || n || '.', language, characters, words + 1, types + 1, sentences, syllables, questions, hedges,
                    content_words, tagged_words, sentiment, function_words, mtld
                from mirrorcore.turn, generate_series(1, 4999) n where session_id = '%1$s';
                update mirrorcore.session s set last_position = 10000, turns = 10000,
                    words = (select sum(t.words) from mirrorcore.turn t where t.session_id = s.id) where id = '%1$s'
                """
                        .formatted(session));

        MetricsView metrics = own.metrics(session);

        assertThat(metrics.turns()).isEqualTo(10_000);
        assertThat(metrics.windows()).hasSize(Mirror.MAX_WINDOWS);
        assertThat(metrics.measures().words())
                .isEqualTo(own.sessions(s -> s.find(own.alice, session)).words());
        refused(MirrorError.SESSION_FULL, () -> own.say(own.alice, session, "Alice", "One more."));
    }

    private static void refused(MirrorError code, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void anEmptySessionHasEmptyMetrics() {
        MetricsView metrics = own.metrics(session);
        assertThat(metrics.turns()).isZero();
        assertThat(metrics.measures().language()).isEqualTo("und");
        assertThat(metrics.measures().note()).isEqualTo("There is nothing to measure.");
        assertThat(metrics.windows()).isEmpty();
    }
}
