package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.thespace.system.browser.Chromium;
import io.thespace.system.browser.Frame;
import io.thespace.system.browser.Tab;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Signing in to the dashboard with an external OpenID Connect provider. */
@EnabledIf(
        value = "io.thespace.system.browser.Chromium#isInstalled",
        disabledReason = "There is no Chromium: the dashboard is not tested in a browser")
class DashboardSignInIT {

    private static final String PROVIDER = "Example Corp";

    private static Chromium chromium;

    private final Stage stage = Stage.shared();
    private final ExternalSignIn provider = stage.issuer().signIn();
    private final String subject = "ext-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void end() {
        chromium.close();
    }

    @BeforeEach
    void aUser() {
        provider.as(Jwt.external(subject, stage.fixtures().organization(), "user"));
    }

    private Tab open() {
        return chromium.open(stage.space().base(), ColorScheme.LIGHT, Chromium.WIDE);
    }

    @Test
    void providersAreListedWithoutASignIn() {
        Answer providers = stage.space().anonymous().get("/api/auth/providers").is(200);

        assertThat(providers.json()).hasSize(1);
        assertThat(providers.json().get(0).path("name").asText()).isEqualTo(PROVIDER);
        assertThat(providers.json().get(0).path("issuer").asText()).isEqualTo(ExternalIssuer.ISSUER);
    }

    @Test
    void aUserSignsInGoesOnAndSignsOut() {
        try (Tab tab = open()) {
            tab.goTo("/#/settings");
            // The first access token lasts for a second, so that the calls after it renew it.
            Frame frame = tab.signInWith(PROVIDER);
            assertThat(frame.heading()).isEqualTo("Settings");
            assertThat(tab.address()).endsWith("/#/settings");
            frame.open("/finance").reload();
            assertThat(frame.heading()).isEqualTo("Finance");
            assertThat(tab.another().open("/settings").heading()).isEqualTo("Settings");

            frame.signOut();

            assertThat(provider.signOuts())
                    .extracting(each ->
                            Jwt.claims(each.get("id_token_hint")).get("sub").toString())
                    .contains('"' + subject + '"');
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aRefusedRenewalEndsTheSignIn() {
        try (Tab tab = open()) {
            tab.signInWith(PROVIDER);
            provider.revoke();
            tab.goTo("/?reload#/settings");

            assertThat(tab.alert()).contains("Your sign-in has ended. Sign in again to continue.");
            assertThat(tab.signInWith(PROVIDER).heading()).isEqualTo("Settings");
        }
    }

    @Test
    void aRefusalOfTheProviderIsShown() {
        provider.refuse("The account is locked");
        try (Tab tab = open()) {
            assertThat(tab.refusedSignInWith(PROVIDER))
                    .contains("Example Corp did not sign you in: The account is locked.");
            assertThat(tab.address()).doesNotContain("state=");
            assertThat(tab.violations()).isEmpty();
        }
    }

    @Test
    void anIdTokenOfAnotherSignInIsRefused() {
        provider.replayNonce();
        try (Tab tab = open()) {
            assertThat(tab.refusedSignInWith(PROVIDER)).contains("its ID token is not for this sign-in");
        }
    }

    @Test
    void aCodeThatThisTabDidNotAskForIsRefused() {
        try (Tab tab = open()) {
            tab.goTo("/?code=stolen&state=forged");

            assertThat(tab.alert()).contains("This sign-in was not started in this tab");
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void aUserWithoutAPlaceHereReadsWhyAndCanSignOut() {
        Map<String, Object> claims = Jwt.external(subject, UUID.randomUUID(), "user");
        provider.as(claims);
        try (Tab tab = open()) {
            assertThat(tab.refusedSignInWith(PROVIDER)).contains("organization");

            tab.signOut();
        }
    }
}
