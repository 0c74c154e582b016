package io.thespace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed of events and its cursor, on a real PostgreSQL. */
class EventFeedDatabaseTest {

    private static TestDatabase database;

    private final Actor admin =
            new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.ADMIN, null, "r", null, null, false);

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(EventsAccess.entity());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void organization() throws Exception {
        organization(admin.orgId());
    }

    private static void organization(UUID id) throws Exception {
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(id));
    }

    private static void write(UUID orgId, String type, String source, String subject, int minutesAgo) throws Exception {
        database.sql(
                ("insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic, recorded_at)"
                                + " values (gen_random_uuid(), '%s', '%s', '%s', '%s', '{\"a\": 1}', 'r', false,"
                                + " now() - interval '%d minutes')")
                        .formatted(orgId, type, source, subject, minutesAgo));
        database.sql("select core.sequence_events(100)");
    }

    private Page<CloudEvent> feed(Events.Filter filter, int limit, String after) {
        return database.in(admin.orgId(), em -> EventsAccess.on(em)
                .feed(admin, filter, new PageRequest(limit, Optional.ofNullable(after))));
    }

    private static List<String> subjects(Page<CloudEvent> page) {
        return page.items().stream().map(CloudEvent::subject).toList();
    }

    @Test
    void aFeedIsReadOnFromItsLastCursor() throws Exception {
        Page<CloudEvent> nothing = feed(Events.Filter.NONE, 2, null);
        assertThat(nothing.items()).isEmpty();
        UUID other = UUID.randomUUID();
        organization(other);
        for (int i = 1; i <= 3; i++) {
            write(admin.orgId(), "note_added", "/plugins/notes", "s" + i, 0);
            write(other, "note_added", "/plugins/notes", "other", 0);
        }

        Page<CloudEvent> first = feed(Events.Filter.NONE, 2, nothing.nextKey());
        Page<CloudEvent> second = feed(Events.Filter.NONE, 2, first.nextKey());
        Page<CloudEvent> end = feed(Events.Filter.NONE, 2, second.nextKey());
        write(admin.orgId(), "note_added", "/plugins/notes", "s4", 0);
        Page<CloudEvent> later = feed(Events.Filter.NONE, 2, end.nextKey());

        assertThat(subjects(first)).containsExactly("s1", "s2");
        assertThat(subjects(second)).containsExactly("s3");
        assertThat(end.items()).isEmpty();
        assertThat(subjects(later)).containsExactly("s4");
        assertThat(first.items().get(0))
                .matches(event -> event.specversion().equals("1.0")
                        && event.type().equals("note_added")
                        && event.source().equals("/plugins/notes")
                        && event.data().equals("{\"a\": 1}"));
    }

    @Test
    void aCursorBeforeWhatIsNoLongerKeptIsRefused() throws Exception {
        Page<CloudEvent> nothing = feed(Events.Filter.NONE, 2, null);
        write(admin.orgId(), "note_added", "/plugins/notes", "old", 60 * 24 * 31);
        Page<CloudEvent> first = feed(Events.Filter.NONE, 2, nothing.nextKey());
        write(admin.orgId(), "note_added", "/plugins/notes", "older than its place", 60 * 24 * 31);
        write(admin.orgId(), "note_added", "/plugins/notes", "young", 0);
        write(admin.orgId(), "note_added", "/plugins/notes", "old behind a young one", 60 * 24 * 31);

        database.sql("select core.purge_events(30, 1)");
        assertThat(feed(Events.Filter.NONE, 2, first.nextKey()).items()).hasSize(2);
        database.sql("select core.purge_events(30, 100)");

        assertThat(subjects(feed(Events.Filter.NONE, 10, null))).containsExactly("young", "old behind a young one");
        assertThatThrownBy(() -> feed(Events.Filter.NONE, 2, nothing.nextKey()))
                .isInstanceOfSatisfying(
                        Rejection.class, refusal -> assertThat(refusal.code()).isEqualTo(EventError.CURSOR_EXPIRED));
        assertThatThrownBy(() -> feed(Events.Filter.NONE, 2, first.nextKey())).isInstanceOf(Rejection.class);
    }

    @Test
    void filtersNarrow() throws Exception {
        write(admin.orgId(), "note_added", "/plugins/notes", "a", 60);
        write(admin.orgId(), "note_added", "/plugins/other", "b", 0);
        write(admin.orgId(), "note_removed", "/plugins/notes", "a", 0);

        assertThat(subjects(feed(new Events.Filter("note_added", null, null, null), 10, null)))
                .containsExactly("a", "b");
        assertThat(subjects(feed(new Events.Filter(null, "/plugins/notes", null, null), 10, null)))
                .containsExactly("a", "a");
        assertThat(subjects(feed(new Events.Filter(null, null, "b", null), 10, null)))
                .containsExactly("b");
        assertThat(feed(new Events.Filter(null, null, null, Instant.now().minusSeconds(600)), 10, null)
                        .items())
                .extracting(CloudEvent::type)
                .containsExactly("note_added", "note_removed");
    }

    @Test
    void aFilteredPageGoesOnBehindWhatItLookedAt() throws Exception {
        write(admin.orgId(), "note_added", "/plugins/notes", "a", 0);
        write(admin.orgId(), "note_removed", "/plugins/notes", "b", 0);
        Events.Filter added = new Events.Filter("note_added", null, null, null);

        Page<CloudEvent> first = feed(added, 5, null);
        write(admin.orgId(), "note_added", "/plugins/notes", "c", 0);

        assertThat(subjects(first)).containsExactly("a");
        assertThat(subjects(feed(added, 5, first.nextKey()))).containsExactly("c");
    }

    @Test
    void aCursorOfAnotherEpochIsRefused() throws Exception {
        write(admin.orgId(), "note_added", "/plugins/notes", "a", 0);
        String key = feed(Events.Filter.NONE, 1, null).nextKey();

        database.sql("update core.event_log_head set epoch = gen_random_uuid()");

        assertThatThrownBy(() -> feed(Events.Filter.NONE, 1, key))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining("start again without it");
    }
}
