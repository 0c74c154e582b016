package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.thespace.system.browser.Chromium;
import io.thespace.system.browser.FinancePage;
import io.thespace.system.browser.Frame;
import io.thespace.system.browser.Tab;
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

    private Frame signIn(Person person, ColorScheme theme, int width) {
        return chromium.open(space.base(), theme, width).signIn(person.email(), Fixtures.PASSWORD);
    }

    private Frame signIn(Person person) {
        return signIn(person, ColorScheme.LIGHT, Chromium.WIDE);
    }

    @Test
    void aNewAdministratorsFirstWalk() {
        Person admin = fixtures.admin(org);
        ControlCenter center = new ControlCenter(space.as(admin));
        center.clear(PLUGIN);
        Frame frame = signIn(admin);
        try (Tab tab = frame.tab()) {
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

            frame.plugins().remove("Notice board", PLUGIN);
            frame.notified("was removed");
            assertThat(tab.problems()).isEmpty();
        } finally {
            center.clear(PLUGIN);
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
            for (String path : frame.navigation()) {
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
            for (String path : frame.navigation()) {
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
            assertThat(frame.open("/events").heading()).isEqualTo("Not allowed");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aMemberTransfersWithTheKeyboardAlone() {
        Business business = new Business(space.as(fixtures.admin(org)));
        Person member = fixtures.user(org);
        business.open(member, "USD", "50.00");
        String to = business.open(fixtures.user(org), "USD");
        Frame frame = signIn(member);
        try (Tab tab = frame.tab()) {
            frame.finance().transferByKeyboard(to, "12.5").lists("transfer", "12.50");
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
    void wrongPasswordsAreRefusedWithASentence() {
        try (Tab tab = chromium.open(space.base(), ColorScheme.LIGHT, Chromium.WIDE)) {
            assertThat(tab.refusedSignIn(fixtures.user(org).email(), "wrong horse battery"))
                    .contains("password is wrong");
        }
    }
}
