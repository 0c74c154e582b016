package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.thespace.system.browser.Chromium;
import io.thespace.system.browser.FinancePage;
import io.thespace.system.browser.Frame;
import io.thespace.system.browser.Tab;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What the dashboard's forms and actions send, and how often. */
@EnabledIf(
        value = "io.thespace.system.browser.Chromium#isInstalled",
        disabledReason = "There is no Chromium: the dashboard is not tested in a browser")
class DashboardFormsIT {

    private static final String AGENTS = "/management/v1/agents";
    private static final String DIRECTIVES = "/management/v1/directives";

    /** A JavaScript number is 90000000000000.02. */
    private static final String LONG_AMOUNT = "90000000000000.01";

    private static Chromium chromium;

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final Fixtures fixtures = stage.fixtures();
    private final UUID org = fixtures.organization();
    private final Person person = fixtures.admin(org);
    private final Caller admin = space.as(person);

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void end() {
        chromium.close();
    }

    private Frame signIn() {
        return chromium.open(space.base(), ColorScheme.LIGHT, Chromium.WIDE).signIn(person.email(), Fixtures.PASSWORD);
    }

    @Test
    void aFurtherClickMovesNoMoney() {
        Business business = new Business(admin);
        String from = business.open(person, "USD", "10.00");
        String to = business.open(person, "USD");
        Frame frame = signIn();
        try (Tab tab = frame.tab()) {
            FinancePage finance = frame.finance().transfer(from, to, "1").reports("Transfer: done.");

            assertThat(finance.endDoubleClick().transferAgain().refusal()).contains("Amount must be a number.");

            assertThat(Business.balance(admin, to)).isEqualByComparingTo("1");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aHeldKeyMovesMoneyOnce() {
        Business business = new Business(admin);
        String from = business.open(person, "USD", "10.00");
        String to = business.open(person, "USD");
        Frame frame = signIn();
        try (Tab tab = frame.tab()) {
            frame.finance()
                    .transferByHeldKey(from, to, "1")
                    .transfer(from, to, "2.07")
                    .lists("transfer", "2.07");

            assertThat(Business.balance(admin, to)).isEqualByComparingTo("3.07");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void anAmountKeepsItsDigits() {
        Business business = new Business(admin);
        String from = business.open(person, "USD", LONG_AMOUNT);
        String to = business.open(person, "USD");
        Frame frame = signIn();
        try (Tab tab = frame.tab()) {
            frame.finance().transfer(from, to, LONG_AMOUNT).lists("transfer", "90,000,000,000,000.01");

            assertThat(Business.balance(admin, to)).isEqualByComparingTo(LONG_AMOUNT);
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void anEmptyFieldIsCleared() {
        String path = AGENTS + "/" + agent();
        Frame frame = signIn();
        try (Tab tab = frame.tab()) {
            change(frame, path).fills("Tools", "").confirms("Change").notified("Change: done.");

            assertThat(admin.get(path).is(200).get("tools")).isEmpty();
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aChangeLeavesWhatAnotherCallerChanged() {
        String path = AGENTS + "/" + agent();
        Frame frame = signIn();
        try (Tab tab = frame.tab()) {
            change(frame, path).fills("Description", "Books berths.");
            admin.send("PATCH", path, "{\"tools\": [\"memory_get\"]}").is(200);
            frame.confirms("Change").notified("Change: done.");

            Answer agent = admin.get(path).is(200);
            assertThat(agent.text("description")).isEqualTo("Books berths.");
            assertThat(agent.get("tools")).hasSize(1);
            assertThat(tab.problems()).isEmpty();
        }
    }

    private String agent() {
        return admin.post(
                        AGENTS,
                        "name",
                        "agent-" + UUID.randomUUID(),
                        "model",
                        "gpt-4o-mini",
                        "tools",
                        List.of("memory_get", "memory_delete"))
                .is(201)
                .text("id");
    }

    /** Opens the form for a change on the page of something, whose path in the dashboard is the API's. */
    private static Frame change(Frame frame, String path) {
        return frame.open(path.substring("/management/v1".length())).clicks("Change");
    }

    @Test
    void aSuspensionLeavesTheRoleToTheIssuer() {
        fixtures.member(org, "owner");
        Caller external =
                space.anonymous().withToken(stage.issuer().sign(Jwt.external("ext-" + UUID.randomUUID(), org, "user")));
        String id = external.get("/api/auth/me").is(200).text("user_id");
        String followsIssuer = "select follows_issuer from core.memberships where user_id = ?";
        assertThat(stage.database().query(followsIssuer, UUID.fromString(id))).containsExactly("t");
        Frame frame = signIn();
        try (Tab tab = frame.tab()) {
            change(frame, "/management/v1/users/" + id)
                    .chooses("Status", "SUSPENDED")
                    .confirms("Change")
                    .notified("Change: done.");

            assertThat(admin.get("/management/v1/users/" + id).is(200).text("status"))
                    .isEqualToIgnoringCase("suspended");
            assertThat(stage.database().query(followsIssuer, UUID.fromString(id)))
                    .containsExactly("t");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void theVersionThatWasShownIsPromoted() {
        String name = "directive-" + UUID.randomUUID();
        String path = DIRECTIVES + "/" + directive(name);
        Frame frame = signIn();
        try (Tab tab = frame.tab()) {
            frame.open("/directives").shows(name);
            admin.send("PATCH", path, "{\"content\": \"Nobody read this.\"}").is(200);
            frame.acts(name, "Promote").confirms("Promote").notified("Promote: done.");

            Answer directive = admin.get(path).is(200);
            assertThat(directive.get("active_version").asInt()).isEqualTo(1);
            assertThat(directive.get("latest_version").asInt()).isEqualTo(2);
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aRevokedDirectiveIsChangedAndPromotedAgain() {
        String name = "directive-" + UUID.randomUUID();
        String path = DIRECTIVES + "/" + directive(name);
        admin.call("POST", path + "/promote").is(200);
        admin.post(path + "/revoke", "reason", "The season is over.").is(200);
        Frame frame = signIn();
        try (Tab tab = frame.tab()) {
            frame.open("/directives")
                    .acts(name, "Change")
                    .fills("Content", "Greet in English.")
                    .confirms("Change")
                    .notified("Change: done.");
            frame.open(path.substring("/management/v1".length()))
                    .clicks("Promote")
                    .confirms("Promote")
                    .notified("Promote: done.");

            Answer directive = admin.get(path).is(200);
            assertThat(directive.text("status")).isEqualTo("active");
            assertThat(directive.get("active_version").asInt()).isEqualTo(2);
            assertThat(tab.problems()).isEmpty();
        }
    }

    private String directive(String name) {
        return admin.post(DIRECTIVES, "name", name, "content", "Greet.").is(201).text("id");
    }
}
