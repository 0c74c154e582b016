package io.thespace.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.hub.Channels;
import io.thespace.identity.TestDatabase;
import io.thespace.identity.TestUsers;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Role;
import io.thespace.preference.NotificationChoices;
import io.thespace.preference.Preferences;
import io.thespace.preference.PreferencesView;
import io.thespace.preference.TaggedPreferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notifications on a real PostgreSQL, as the application's role. */
class NotificationsDatabaseTest {

    private static TestDatabase database;

    private Actor user;
    private Optional<Set<String>> audible = Optional.of(Set.of());
    private NotificationChoices choices = new NotificationChoices(true, List.of());

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(TestUsers.entities());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void somebody() throws Exception {
        UUID org = UuidCreator.getTimeOrderedEpoch();
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(org));
        database.sql("insert into core.users (id, email, name, created_at) values ('%s', '%s@example.org', 'P', now())"
                .formatted(id, id));
        database.sql("insert into core.memberships (id, org_id, user_id, role, created_at)"
                + " values ('%s', '%s', '%s', 'member', now())".formatted(UUID.randomUUID(), org, id));
        user = new Actor(org, id, Role.USER, null, "test", null, null, false);
    }

    private UUID happened(String type, String source, String subject, UUID actor, int daysAgo) throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpochPlus1();
        database.sql(
                ("insert into core.events (id, org_id, type, source, subject, data, actor_id, request_id, synthetic,"
                                + " recorded_at) values ('%s', '%s', '%s', '%s', '%s', '{\"a\": 1}', %s, 'r', false,"
                                + " now() - interval '%d days')")
                        .formatted(
                                id,
                                user.orgId(),
                                type,
                                source,
                                subject,
                                actor == null ? "null" : "'" + actor + "'",
                                daysAgo));
        return id;
    }

    private <T> T notifications(Function<Notifications, T> work) {
        return database.in(user.orgId(), em -> {
            Notifications notifications = new Notifications();
            notifications.em = em;
            Channels channels = new Channels() {
                @Override
                public Optional<Set<String>> audible(Actor actor) {
                    return audible;
                }
            };
            Preferences preferences = new Preferences() {
                @Override
                public TaggedPreferences read(Actor actor) {
                    return new TaggedPreferences(new PreferencesView("dark", "en", "UTC", choices), "\"1\"");
                }
            };
            notifications.ask(channels, preferences);
            return work.apply(notifications);
        });
    }

    private List<UUID> listed(boolean unread) {
        return notifications(n -> n.list(user, unread, new PageRequest(100, Optional.empty()))).items().stream()
                .map(NotificationView::notificationId)
                .toList();
    }

    @Test
    void peopleAreToldOfWhatTheyMayHearOf() throws Exception {
        UUID other = UUID.randomUUID();
        UUID ofPlugin = happened("a", "/plugins/notes", "x", other, 1);
        UUID own = happened("b", "/plugins/money", "x", user.userId(), 1);
        UUID about = happened("c", "/plugins/money", user.userId().toString(), other, 1);
        UUID strange = happened("d", "/plugins/money", "x", null, 1);
        happened("e", "/plugins/notes", "x", user.userId(), 31);

        assertThat(listed(false)).containsExactly(about, own);
        audible = Optional.of(Set.of("/plugins/notes"));
        assertThat(listed(false)).containsExactly(about, own, ofPlugin);
        audible = Optional.empty();
        assertThat(listed(false)).containsExactly(strange, about, own, ofPlugin);
        choices = new NotificationChoices(false, List.of("d", "unknown"));
        assertThat(listed(false)).containsExactly(about, ofPlugin);
    }

    @Test
    void pagesComeToTheEndAndWhatIsReadStaysRead() throws Exception {
        audible = Optional.empty();
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(0, happened("a", "/plugins/notes", "x", null, 0));
        }
        List<UUID> seen = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            PageRequest request = new PageRequest(2, after);
            Page<NotificationView> page = notifications(n -> n.list(user, false, request));
            page.items().forEach(one -> seen.add(one.notificationId()));
            after = Optional.ofNullable(page.nextKey());
        } while (after.isPresent());
        assertThat(seen).isEqualTo(all);

        assertThat(this.<UnreadView>notifications(n -> n.unread(user))).isEqualTo(new UnreadView(5, false));
        ReadOrder two = new ReadOrder(List.of(all.get(0), all.get(3), UUID.randomUUID()));
        assertThat(this.<ReadReceipt>notifications(n -> n.read(user, two)))
                .isEqualTo(new ReadReceipt(2, new UnreadView(3, false)));
        assertThat(notifications(n -> n.read(user, two)).marked()).isZero();
        assertThat(listed(true)).containsExactly(all.get(1), all.get(2), all.get(4));
        assertThat(notifications(n -> n.list(user, false, new PageRequest(1, Optional.empty())))
                        .items()
                        .get(0))
                .matches(one -> one.readAt() != null && !one.own() && one.data().equals("{\"a\": 1}"));
        assertThat(this.<ReadReceipt>notifications(n -> n.read(user, new ReadOrder(null))))
                .isEqualTo(new ReadReceipt(3, new UnreadView(0, false)));
        assertThat(listed(true)).isEmpty();

        PersonalData.Subject subject = new PersonalData.Subject(user.userId(), null);
        assertThat(this.<Map<String, Long>>people(data -> data.count(user, subject)))
                .isEqualTo(Map.of("core.notification_reads", 5L));
        List<String> exported = new ArrayList<>();
        people(data -> {
            data.export(user, subject, (store, row) -> exported.add(store));
            return null;
        });
        assertThat(exported).hasSize(5);
        assertThat(this.<Map<String, Long>>people(data -> data.erase(user, subject, 3)))
                .isEqualTo(Map.of("core.notification_reads", 3L));
        assertThat(this.<Map<String, Long>>people(data -> data.erase(user, subject, 3)))
                .isEqualTo(Map.of("core.notification_reads", 2L));
        assertThat(this.<Map<String, Long>>people(data -> data.erase(user, subject, 3)))
                .isEmpty();
    }

    private <T> T people(Function<PersonalData, T> work) {
        return database.in(user.orgId(), em -> {
            NotificationPersonalData people = new NotificationPersonalData();
            people.em = em;
            return work.apply(people);
        });
    }
}
