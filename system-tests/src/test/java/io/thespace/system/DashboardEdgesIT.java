package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import io.thespace.system.browser.Chromium;
import io.thespace.system.browser.EventsPage;
import io.thespace.system.browser.Frame;
import io.thespace.system.browser.Tab;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
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

    private static final String DATA_REQUESTS = "/management/v1/data-requests";

    private static final String APPROVAL =
            """
            document: {dsl: 1.0.3, namespace: test, name: %s, version: 0.1.0}
            do:
              - ask: {call: approval, with: {name: Approve the trip, role: user}}
            """;

    /** As many as the page reads at once. */
    private static final int EVENTS_OF_A_PAGE = 100;

    /** More than a page of the history has. */
    private static final int STEPS = 120;

    private static final Duration LIMIT = Duration.ofMinutes(2);

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

    /** Makes a data request and waits until it is completed; its id. */
    private String completed(Person owner, Object... namesAndValues) {
        Caller caller = space.as(owner);
        String id = caller.post(DATA_REQUESTS, namesAndValues).is(201).text("id");
        Patience.within(LIMIT, () -> assertThat(
                        caller.get(DATA_REQUESTS + "/" + id).is(200).text("state"))
                .isEqualTo("completed"));
        return id;
    }

    /** What lists show of an id. */
    private static String shown(String id) {
        return id.substring(id.length() - 8);
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
            frame.copiesCallOfDialog()
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
        space.as(user)
                .with("If-Match", "\"0\"")
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

    @Test
    void timesOfAnalyticsAreInTheUsersZone() {
        Person owner = fixtures.member(org, "owner");
        space.as(owner)
                .with("If-Match", "\"0\"")
                .send("PUT", PREFERENCES, preferences("en-GB").replace("UTC", "Asia/Kathmandu"))
                .is(200);
        Frame frame = signIn(owner);
        try (Tab tab = frame.tab()) {
            // An hour of UTC begins at a quarter to the hour there.
            assertThat(frame.open("/analytics").rows("Usage"))
                    .hasSizeGreaterThan(20)
                    .allMatch(time -> time.matches("\\d\\d:45"));
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void theEventsOfAnOlderRequestAreFound() {
        Person admin = fixtures.admin(fixtures.organization());
        Business business = new Business(space.as(admin));
        String account = business.open(admin, "USD");
        String request = business.deposit(account, "1.00", "USD")
                .is(200)
                .header("X-Request-Id")
                .orElseThrow();
        for (int i = 0; i < EVENTS_OF_A_PAGE; i++) {
            business.deposit(account, "1.00", "USD").is(200);
        }
        Frame frame = signIn(admin);
        try (Tab tab = frame.tab()) {
            frame.open("/events?text=" + request).shows("funds_deposited");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void eventsAreJoinedAgainAfterTheChannelWasLeft() {
        Frame frame = signIn(fixtures.admin(org));
        try (Tab tab = frame.tab()) {
            tab.takesFrames();
            EventsPage events = frame.reload().events().live();

            tab.receives("{\"type\": \"left\", \"channel_id\": \"events\", \"error\": \"Not allowed any more.\"}");

            frame.shows("Not connected").shows("Not allowed any more.").clicks("Try again");
            events.live();
            frame.hasNoError();
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void theLastStepsOfALongRunAreShown() {
        Caller admin = space.as(fixtures.admin(org));
        StringBuilder document =
                new StringBuilder("document: {dsl: 1.0.3, namespace: test, name: longrun, version: 0.1.0}\ndo:\n");
        for (int i = 0; i < STEPS; i++) {
            document.append("  - step_")
                    .append(i)
                    .append(": {set: {step: ")
                    .append(i)
                    .append("}}\n");
        }
        document.append("  - the_last: {set: {step: last}}\n")
                .append("  - fails: {raise: {error: {type: \"https://example.org/end\", status: 400, title: End}}}\n");
        admin.send("POST", "/api/system/workflows", BodyPublishers.ofString(document.toString()), "application/yaml")
                .is(201);
        String run = admin.send("POST", "/api/system/workflows/longrun/runs", "{\"input\": {}}")
                .is(202)
                .text("run_id");
        Patience.within(LIMIT, () -> assertThat(
                        admin.get("/api/system/runs/" + run).is(200).text("state"))
                .isEqualTo("failed"));
        Frame frame = signIn(fixtures.admin(org));
        try (Tab tab = frame.tab()) {
            frame.open("/runs/" + run).shows("the_last");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void anErasureByIdentifierIsVerifiedWithIt() {
        Person owner = fixtures.member(org, "owner");
        String identifier = "zoe-" + UUID.randomUUID() + "@example.org";
        String erasure = completed(owner, "kind", "erasure", "identifier", identifier);
        Frame frame = signIn(owner);
        try (Tab tab = frame.tab()) {
            frame.open("/data-requests").acts(shown(erasure), "Verify");
            frame.entersInDialog("Identifier", identifier).clicksInDialog("Verify");

            frame.showsInDialog("Nothing is left");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void anExpiredTokenIsNotActive() {
        Person owner = fixtures.member(org, "owner");
        String token = space.as(owner)
                .post("/management/v1/tokens", "name", "Outlived", "permissions", List.of("token_read"))
                .is(201)
                .get("token")
                .path("id")
                .asText();
        stage.database()
                .execute(
                        "update core.tokens set created_at = now() - interval '2 days',"
                                + " expires_at = now() - interval '1 day' where id = ?",
                        UUID.fromString(token));
        Frame frame = signIn(owner);
        try (Tab tab = frame.tab()) {
            assertThat(frame.open("/tokens").row("Outlived"))
                    .contains("expired")
                    .doesNotContain("active");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void anExportIsSaved() throws IOException {
        Person owner = fixtures.member(org, "owner");
        String access = completed(owner, "kind", "access", "user_id", owner.id());
        Frame frame = signIn(owner);
        try (Tab tab = frame.tab()) {
            frame.open("/data-requests").details(shown(access));

            JsonNode saved = Json.read(Files.readString(frame.saves("Save the export")));
            assertThat(saved.path(0).path("request_id").asText()).isEqualTo(access);
            frame.escape().acts(shown(access), "Receipt").showsInDialog("signed by the platform");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aUserSeesTheirRunWithoutItsSteps() {
        String workflow = "w" + UUID.randomUUID().toString().substring(0, 8);
        space.as(fixtures.admin(org))
                .send(
                        "POST",
                        "/api/system/workflows",
                        BodyPublishers.ofString(APPROVAL.formatted(workflow)),
                        "application/yaml")
                .is(201);
        Person user = fixtures.user(org);
        String run = space.as(user)
                .send("POST", "/api/system/workflows/" + workflow + "/runs", "{\"input\": {}}")
                .is(202)
                .text("run_id");
        Frame frame = signIn(user);
        try (Tab tab = frame.tab()) {
            frame.open("/runs/" + run).shows("Approve the trip");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void anOwnerRenamesTheOrganization() {
        Person owner = fixtures.member(fixtures.organization(), "owner");
        Frame frame = signIn(owner);
        try (Tab tab = frame.tab()) {
            frame.open("/settings")
                    .entersIn("Organization", "Name", "Renamed")
                    .clicks("Rename")
                    .notified("The organization is renamed.");

            assertThat(space.as(owner)
                            .get("/management/v1/organizations/" + owner.orgId())
                            .is(200)
                            .text("name"))
                    .isEqualTo("Renamed");
            assertThat(tab.violations()).isEmpty();
            assertThat(tab.problems()).isEmpty();
        }
    }
}
