package io.thespace.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.TestDatabase;
import io.thespace.identity.TestUsers;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Preferences on a real PostgreSQL, as the application's role. */
class PreferencesDatabaseTest {

    private static TestDatabase database;

    private Actor user;

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

    private static <T> T preferences(Actor actor, Function<Preferences, T> work) {
        return database.in(actor.orgId(), em -> {
            Preferences preferences = new Preferences();
            preferences.em = em;
            return work.apply(preferences);
        });
    }

    private static PreferencesOrder order(String theme, String zone) {
        return new PreferencesOrder(theme, "de-AT", zone, new NotificationChoices(false, List.of("a_type")));
    }

    private void refused(PreferenceError code, PreferencesOrder order, String tag) {
        assertThatThrownBy(() -> preferences(user, preferences -> preferences.change(user, order, tag)))
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                        .isEqualTo(code));
    }

    @Test
    void aChangeNamesWhatItReplaces() {
        TaggedPreferences initial = preferences(user, preferences -> preferences.read(user));
        assertThat(initial.preferences()).isEqualTo(PreferencesView.INITIAL);
        PreferencesOrder dark = order("dark", "Europe/Vienna");
        refused(PreferenceError.TAG_MISSING, dark, null);
        refused(PreferenceError.TIME_ZONE_UNKNOWN, order("dark", "Europe/Nowhere"), initial.tag());
        refused(PreferenceError.PREFERENCES_CHANGED, dark, "\"7\"");
        refused(PreferenceError.PREFERENCES_CHANGED, dark, "nonsense");

        TaggedPreferences first = preferences(user, preferences -> preferences.change(user, dark, initial.tag()));
        assertThat(first.preferences())
                .isEqualTo(new PreferencesView("dark", "de-AT", "Europe/Vienna", dark.notifications()));
        refused(PreferenceError.PREFERENCES_CHANGED, dark, initial.tag());
        TaggedPreferences second =
                preferences(user, preferences -> preferences.change(user, order("light", "UTC"), first.tag()));
        assertThat(second.tag()).isNotEqualTo(first.tag());
        assertThat(read()).isEqualTo(second);
    }

    private TaggedPreferences read() {
        return preferences(user, preferences -> preferences.read(user));
    }

    @Test
    void ofManyAtOnceOneChanges() throws Exception {
        for (String tag : List.of("\"0\"", "\"1\"")) {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(() -> {
                    try {
                        preferences(user, preferences -> preferences.change(user, order("dark", "UTC"), tag));
                        return true;
                    } catch (Rejection e) {
                        assertThat(e.code()).isEqualTo(PreferenceError.PREFERENCES_CHANGED);
                        return false;
                    }
                });
            }
            ExecutorService threads = Executors.newFixedThreadPool(8);
            int changed = 0;
            for (Future<Boolean> done : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
                changed += done.get() ? 1 : 0;
            }
            threads.shutdown();
            assertThat(changed).isEqualTo(1);
        }
    }

    @Test
    void theyAreTheUsersOwn() {
        preferences(user, preferences -> preferences.change(user, order("dark", "UTC"), "\"0\""));
        Actor stranger = new Actor(UUID.randomUUID(), user.userId(), Role.USER, null, "test", null, null, false);
        assertThat(preferences(stranger, preferences -> preferences.read(stranger))
                        .preferences())
                .isEqualTo(PreferencesView.INITIAL);

        PersonalData.Subject subject = new PersonalData.Subject(user.userId(), null);
        Map<String, Long> one = Map.of("core.preferences", 1L);
        List<String> exported = new ArrayList<>();
        assertThat(this.<Map<String, Long>>people(data -> data.count(user, subject)))
                .isEqualTo(one);
        people(data -> {
            data.export(user, subject, (store, row) -> exported.add(store));
            return null;
        });
        assertThat(exported).containsExactly("core.preferences");
        assertThat(this.<Map<String, Long>>people(data -> data.erase(user, subject, 10)))
                .isEqualTo(one);
        assertThat(this.<Map<String, Long>>people(data -> data.erase(user, subject, 10)))
                .isEmpty();
        assertThat(this.<Map<String, Long>>people(data -> data.count(user, new PersonalData.Subject(null, "x"))))
                .isEmpty();
    }

    private <T> T people(Function<PersonalData, T> work) {
        return database.in(user.orgId(), em -> {
            PreferencePersonalData people = new PreferencePersonalData();
            people.em = em;
            return work.apply(people);
        });
    }
}
