package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import io.thespace.system.browser.Chromium;
import io.thespace.system.browser.Frame;
import io.thespace.system.browser.Tab;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The dashboard when its sign-in, its windows and its connection change beneath what the user does. */
@EnabledIf(
        value = "io.thespace.system.browser.Chromium#isInstalled",
        disabledReason = "There is no Chromium: the dashboard is not tested in a browser")
class DashboardEdgesIT {

    private static final String PLUGIN = "notice_board";
    private static final String REFRESH = "/api/auth/refresh";
    private static final String PREFERENCES = "/api/frontend/preferences";

    private static Chromium chromium;

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final Fixtures fixtures = stage.fixtures();
    private final UUID org = fixtures.organization();

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void end() {
        chromium.close();
    }

    private Frame signIn(Person person) {
        return chromium.open(space.base(), ColorScheme.LIGHT, Chromium.WIDE).signIn(person.email(), Fixtures.PASSWORD);
    }

    private static String preferences(String locale) {
        return """
                {"theme": "light", "locale": "%s", "time_zone": "UTC",
                 "notifications": {"own_events": true, "muted_types": []}}"""
                .formatted(locale);
    }

    @Test
    void aSignOutEndsASignInWhoseAccessTokenIsGone() {
        try (Tab tab = signIn(fixtures.user(org)).tab()) {
            String refreshToken = tab.refreshToken();
            // Loaded anew, the page has no access token until it reaches the server.
            tab.cutOff(REFRESH).cutOff("/api/health").reload().failsToStart();

            assertThat(tab.connect(REFRESH).signOutOfServer()).isEqualTo(204);

            space.anonymous().post(REFRESH, "refresh_token", refreshToken).refused(401);
        }
    }

    @Test
    void aSignOutThatDoesNotReachTheServerSaysSo() {
        Frame frame = signIn(fixtures.user(org));
        try (Tab tab = frame.tab()) {
            tab.offline(true);
            frame.signOut();

            frame.notified("the server has not ended the sign-in");
        }
    }

    @Test
    void aSignOutInAnotherTabClosesTheDialog() {
        Person admin = fixtures.admin(org);
        Frame frame = signIn(admin);
        try (Tab tab = frame.tab()) {
            assertThat(frame.open("/agents").create()).isTrue();
            tab.another().signOut();

            tab.isSignedOut();
            assertThat(tab.dialogs()).isZero();
            assertThat(tab.signIn(admin.email(), Fixtures.PASSWORD).heading()).isEqualTo("Agents");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aLinkInADialogLeavesTheDialog() {
        Frame frame = signIn(fixtures.admin(org));
        try (Tab tab = frame.tab()) {
            frame.open("/tools").clicks("Connect a client").followsInDialog("Tokens");

            frame.shows("Personal access tokens for programs");
            assertThat(tab.dialogs()).isZero();
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aMessageIsWhereItCanBeUsed() {
        Frame frame = signIn(fixtures.admin(org));
        try (Tab tab = frame.tab()) {
            frame.open("/agents").create();
            frame.clicksInDialog("Copy as curl")
                    .notifiedInDialog("The command was copied")
                    .escape();
            tab.cutOff("/management/v1/agents?*");

            frame.opensSearch().notifiedInDialog("cannot be reached").escape().dismisses("cannot be reached");
        }
    }

    @Test
    void aRefusedEnableIsShownInItsDialog() {
        ControlCenter center = new ControlCenter(space.signIn(Stage.ADMIN, Fixtures.PASSWORD));
        center.clear(PLUGIN);
        assertThat(center.install(PluginZip.example().signed()).succeeded()).isTrue();
        try (Tab tab = chromium.open(space.base(), ColorScheme.LIGHT, Chromium.WIDE)) {
            Frame frame = tab.signIn(Stage.ADMIN, Fixtures.PASSWORD);

            assertThat(frame.plugins().refusedToEnable(PLUGIN, () -> center.clear(PLUGIN)))
                    .contains(PLUGIN);
        } finally {
            center.clear(PLUGIN);
        }
    }

    @Test
    void settingsOfTwoWindowsAreMerged() {
        Person user = fixtures.user(org);
        Frame first = signIn(user);
        try (Tab tab = first.tab()) {
            Frame second = tab.another().open("/settings").enters("Language of dates and numbers", "de-CH");
            first.theme("Dark");
            second.clicks("Save").notified("changed meanwhile");

            second.clicks("Save").notified("The settings are saved.");

            JsonNode saved = space.as(user).get(PREFERENCES).is(200).json();
            assertThat(saved.path("locale").asText()).isEqualTo("de-CH");
            assertThat(saved.path("theme").asText()).isEqualTo("dark");
        }
    }

    @Test
    void aLanguageThatBrowsersRefuseIsRefused() {
        Caller user = space.as(fixtures.user(org)).with("If-Match", "\"0\"");

        assertThat(user.send("PUT", PREFERENCES, preferences("de-AT-CH")).refused(400))
                .isNotBlank();
        user.send("PUT", PREFERENCES, preferences("de-AT")).is(200);
    }

    @Test
    void aLanguageThatTheBrowserRefusesLeavesThePagesUsable() {
        Person user = fixtures.user(org);
        space.as(user).with("If-Match", "\"0\"")
                .send("PUT", PREFERENCES, preferences("de-AT"))
                .is(200);
        int stored = stage.database()
                .execute(
                        "update core.preferences set document = replace(document, 'de-AT', 'de-AT-CH')"
                                + " where user_id = ?",
                        user.id());
        assertThat(stored).isEqualTo(1);
        Frame frame = signIn(user);
        try (Tab tab = frame.tab()) {
            assertThat(frame.heading()).isEqualTo("Overview");
            frame.open("/settings");
            assertThat(frame.field("Language of dates and numbers")).isEqualTo("de-AT-CH");
            assertThat(tab.problems()).isEmpty();
        }
    }
}
