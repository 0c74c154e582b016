package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.thespace.system.browser.Chromium;
import io.thespace.system.browser.FinancePage;
import io.thespace.system.browser.Frame;
import io.thespace.system.browser.RunPage;
import io.thespace.system.browser.Tab;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dashboard in a browser. */
@EnabledIf(
        value = "io.thespace.system.browser.Chromium#isInstalled",
        disabledReason = "There is no Chromium: the dashboard is not tested in a browser")
class DashboardIT {

    private static final String PLUGIN = "notice_board";

    private static final String APPROVAL =
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:space="https://thespace.io/bpmn/1.0"
                         targetNamespace="https://example.org/workflows">
              <process id="%s" name="Approval" isExecutable="true">
                <startEvent id="start"/>
                <sequenceFlow id="f1" sourceRef="start" targetRef="approve"/>
                <userTask id="approve" name="Approve the budget">
                  <extensionElements><space:task role="admin" due="P1D"/></extensionElements>
                </userTask>
                <sequenceFlow id="f2" sourceRef="approve" targetRef="end"/>
                <endEvent id="end"/>
              </process>
            </definitions>""";

    private static final int EVENTS_OF_A_SCREEN = 40;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Pages that others lead to. */
    private static final List<String> LINKED = List.of("/settings", "/notifications", "/memory-search");

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

    private static List<String> pages(Frame frame) {
        List<String> pages = new ArrayList<>(frame.navigation());
        pages.addAll(LINKED);
        return pages;
    }

    /** Makes a workflow that waits for an approval; its id. */
    private String approval(Caller admin) {
        String id = "approval_" + UUID.randomUUID().toString().substring(0, 8);
        admin.send("POST", "/api/system/workflows", BodyPublishers.ofString(APPROVAL.formatted(id)), "application/xml")
                .is(201);
        return id;
    }

    /** Writes the README's pictures anew when asked to. */
    private static void photograph(Frame frame, String name) {
        String folder = System.getProperty("space.photographs");
        if (folder != null) {
            frame.photograph(Path.of(folder, name + ".png"));
        }
    }

    private Frame signIn(Person person, ColorScheme theme, int width) {
        return chromium.open(space.base(), theme, width).signIn(person.email(), Fixtures.PASSWORD);
    }

    private Frame signIn(Person person) {
        return signIn(person, ColorScheme.LIGHT, Chromium.WIDE);
    }

    @Test
    void aNewAdministratorsFirstWalk() {
        Caller admin = space.signIn(Stage.ADMIN, Fixtures.PASSWORD);
        ControlCenter center = new ControlCenter(admin);
        center.clear(PLUGIN);
        try (Tab tab = chromium.open(space.base(), ColorScheme.LIGHT, Chromium.WIDE)) {
            Frame frame = tab.signIn(Stage.ADMIN, Fixtures.PASSWORD);
            frame.plugins().install("notices.zip", PluginZip.example().signed());
            assertThat(frame.plugins().card("Notice board")).contains("enabled");
            frame.open("/").shows("Notices");

            FinancePage finance = frame.finance().openAccount().openAccount();
            List<String> accounts = finance.accounts();
            finance.deposit(accounts.get(0), "250").transfer(accounts.get(0), accounts.get(1), "100.25");
            finance.lists("transfer", "100.25").lists("deposit", "250.00");

            String explanation =
                    frame.events().live().shows("funds_transferred").explain("funds_transferred");
            assertThat(explanation).contains("POST", "/transfer", "Identify the caller", "funds_transferred");

            photograph(frame.open("/"), "overview");
            photograph(frame.open("/finance"), "finance");
            frame.open("/workflows").createAsOffered("New workflow");
            RunPage run = frame.workflow("approval").start();
            run.waitsFor("Approve the request");
            photograph(frame, "run");
            run.decide("Approve").ends("completed");

            frame.plugins().remove("Notice board", PLUGIN);
            frame.notified("was removed");
            assertThat(tab.problems()).isEmpty();
        } finally {
            center.clear(PLUGIN);
        }
    }

    @Test
    void theSearchFindsWhatHasAName() {
        Person person = fixtures.admin(org);
        Caller admin = space.as(person);
        String name = "agent-" + UUID.randomUUID();
        String id = admin.post("/management/v1/agents", "name", name, "model", "gpt-4o-mini")
                .is(201)
                .text("id");
        Frame frame = signIn(person);
        try (Tab tab = frame.tab()) {
            frame.search(name);
            assertThat(tab.address()).endsWith("/#/agents/" + id);
            assertThat(frame.heading()).isEqualTo(name);
            assertThat(tab.violations()).isEmpty();
            frame.search("finance");
            assertThat(frame.heading()).isEqualTo("Finance");
            frame.search("harbour authority");
            assertThat(frame.heading()).isEqualTo("Search memories");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void allNotificationsAreMarkedAsRead() {
        Person admin = fixtures.admin(org);
        new Business(space.as(admin)).open(admin, "USD", "10.00");
        Frame frame = signIn(admin);
        try (Tab tab = frame.tab()) {
            frame.open("/notifications")
                    .hasUnread(true)
                    .clicks("Mark all as read")
                    .notified("Mark all as read: done");

            frame.hasUnread(false);
            frame.open("/notifications?unread=true").shows("Nothing matches the filters.");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void whatIsReadStaysInPlaceWhileEventsArrive() {
        Person admin = fixtures.admin(org);
        Business business = new Business(space.as(admin));
        String account = business.open(admin, "USD");
        for (int i = 0; i < EVENTS_OF_A_SCREEN; i++) {
            business.deposit(account, "1.00", "USD").is(200);
        }
        Frame frame = signIn(admin);
        try (Tab tab = frame.tab()) {
            var events = frame.events().live().shows("funds_deposited").scroll(200);
            business.deposit(account, "1.00", "USD").is(200);

            events.holds().showNew().shows("funds_deposited");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aTaskIsApprovedInTheInbox() {
        Caller admin = space.as(fixtures.admin(org));
        String workflow = approval(admin);
        String run = admin.send("POST", "/api/system/workflows/" + workflow + "/runs", "{\"input\": {}}")
                .is(202)
                .text("run_id");
        Patience.within(LIMIT, () -> assertThat(
                        admin.get("/api/system/tasks?state=open").is(200).get("items"))
                .hasSize(1));
        Frame frame = signIn(fixtures.admin(org));
        try (Tab tab = frame.tab()) {
            frame.open("/tasks?state=open")
                    .clicks("Approve")
                    .confirms("Approve")
                    .notified("Approve: done")
                    .shows("Nothing matches");

            assertThat(admin.get("/api/system/runs/" + run).is(200).text("state"))
                    .isIn("running", "completed");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void ofTwoTasksOnlyTheOneThatWasConfirmedIsApproved() {
        UUID own = fixtures.organization();
        Caller admin = space.as(fixtures.admin(own));
        String runs = "/api/system/workflows/" + approval(admin) + "/runs";
        admin.send("POST", runs, "{\"input\": {}}").is(202);
        admin.send("POST", runs, "{\"input\": {}}").is(202);
        Patience.within(LIMIT, () -> assertThat(openTasks(admin)).isEqualTo(2));
        Frame frame = signIn(fixtures.admin(own));
        try (Tab tab = frame.tab()) {
            frame.open("/tasks?state=open").clicks("Approve");
            assertThat(openTasks(admin)).isEqualTo(2);

            frame.confirms("Approve").hasRows(1);

            assertThat(openTasks(admin)).isEqualTo(1);
            // Not the button of the task that is left, which a key that is held would press.
            assertThat(frame.focused()).isEqualTo("body");
            assertThat(tab.problems()).isEmpty();
        }
    }

    private static int openTasks(Caller admin) {
        return admin.get("/api/system/tasks?state=open").is(200).get("items").size();
    }

    @Test
    void thePageComesBackByItselfWhenTheServerDoes() {
        Frame frame = signIn(fixtures.user(org));
        try (Tab tab = frame.tab()) {
            frame.open("/finance");
            tab.offline(true);
            frame.tryToOpen("/").isAway();
            tab.offline(false);
            frame.isBack().shows("enabled of").hasNoError();
        }
    }

    @Test
    void formsAreAccessible() {
        Frame frame = signIn(fixtures.admin(org));
        try (Tab tab = frame.tab()) {
            List<String> violations = new ArrayList<>();
            int forms = 0;
            for (String path : frame.navigation()) {
                if (frame.open(path).create()) {
                    forms++;
                    tab.violations().forEach(each -> violations.add(path + ": " + each));
                    frame.escape();
                }
            }
            assertThat(violations).isEmpty();
            assertThat(forms).isGreaterThan(10);
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void anEventAppearsByItself() {
        Person admin = fixtures.admin(org);
        Frame frame = signIn(admin);
        try (Tab tab = frame.tab()) {
            var events = frame.events().live();
            new Business(space.as(admin)).open(admin, "USD", "10.00");

            events.shows("funds_deposited");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aRefusalIsTheServersOwnSentence() {
        Person admin = fixtures.admin(org);
        Business business = new Business(space.as(admin));
        String from = business.open(admin, "USD", "10.00");
        String to = business.open(admin, "USD");
        Frame frame = signIn(admin);
        try (Tab tab = frame.tab()) {
            String refusal = frame.finance().transfer(from, to, "11").refusal();

            assertThat(refusal).contains("11.00 USD", "Explain this request");
            // Chromium reports each answer of 400 or more.
            assertThat(tab.problems()).allMatch(problem -> problem.contains("400"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everyPageIsAccessible(ColorScheme theme) {
        Person admin = fixtures.admin(org);
        new Business(space.as(admin)).open(admin, "USD", "10.00");
        List<String> violations = new ArrayList<>();
        try (Tab tab = chromium.open(space.base(), theme, Chromium.WIDE)) {
            violations.addAll(tab.violations());
            Frame frame = tab.signIn(admin.email(), Fixtures.PASSWORD);
            for (String path : pages(frame)) {
                frame.open(path);
                tab.violations().forEach(each -> violations.add(path + ": " + each));
            }
            assertThat(violations).isEmpty();
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void noPageScrollsSidewaysOnANarrowScreen() {
        Person admin = fixtures.admin(org);
        new Business(space.as(admin)).open(admin, "USD", "10.00");
        Frame frame = signIn(admin, ColorScheme.LIGHT, Chromium.NARROW);
        try (Tab tab = frame.tab()) {
            List<String> wide = new ArrayList<>();
            for (String path : pages(frame)) {
                frame.open(path);
                int overflow = tab.overflow();
                if (overflow > 0) {
                    wide.add(path + ": " + overflow);
                }
            }
            assertThat(wide).isEmpty();
        }
    }

    @Test
    void aViewerSeesNoAdministration() {
        Frame frame = signIn(fixtures.member(org, "viewer"));
        try (Tab tab = frame.tab()) {
            assertThat(frame.navigation()).contains("/", "/plugins").doesNotContain("/events", "/requests");
            assertThat(frame.plugins().installs()).isFalse();
            for (String path : frame.navigation()) {
                assertThat(frame.open(path).create()).as("%s", path).isFalse();
            }
            assertThat(frame.open("/events").heading()).isEqualTo("Not allowed");
            assertThat(frame.open("/audit").heading()).isEqualTo("Not allowed");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aMemberSignsInAndTransfersWithTheKeyboardAlone() {
        Business business = new Business(space.as(fixtures.admin(org)));
        Person member = fixtures.user(org);
        business.open(member, "USD", "50.00");
        String to = business.open(fixtures.user(org), "USD");
        try (Tab tab = chromium.open(space.base(), ColorScheme.LIGHT, Chromium.WIDE)) {
            Frame frame = tab.signInByKeyboard(member.email(), Fixtures.PASSWORD);
            frame.navigateByKeyboard("Finance");
            new FinancePage(tab).transferByKeyboard(to, "12.5").lists("transfer", "12.50");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aReloadGoesOnAndASignOutEnds() {
        Frame frame = signIn(fixtures.user(org));
        try (Tab tab = frame.tab()) {
            frame.open("/finance").reload();
            assertThat(frame.heading()).isEqualTo("Finance");
            frame.theme("Dark").signOut();
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void datesAreAsInTheBrowserUntilTheUserChooses() {
        Frame frame = signIn(fixtures.user(org));
        try (Tab tab = frame.tab()) {
            assertThat(frame.open("/settings").field("Language of dates and numbers"))
                    .isEqualTo("en-GB");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void tabsShareASignIn() {
        Frame first = signIn(fixtures.user(org));
        try (Tab tab = first.tab()) {
            Frame second = tab.another();
            assertThat(second.open("/finance").heading()).isEqualTo("Finance");

            second.signOut();

            tab.isSignedOut();
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void wrongPasswordsAreRefusedWithASentence() {
        try (Tab tab = chromium.open(space.base(), ColorScheme.LIGHT, Chromium.WIDE)) {
            assertThat(tab.refusedSignIn(fixtures.user(org).email(), "wrong horse battery"))
                    .contains("password is wrong");
        }
    }
}
