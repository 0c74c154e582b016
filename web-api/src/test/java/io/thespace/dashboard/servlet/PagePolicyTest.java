package io.thespace.dashboard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.configuration.Configuration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagePolicyTest {

    @Test
    void callsStayOnTheOwnOriginWithoutAProvider() {
        assertThat(PagePolicy.of(Configuration.read(name -> null))).doesNotContain("connect-src");
    }

    @Test
    void aProvidersTokenEndpointMayBeCalled() {
        Configuration configuration = Configuration.read(Map.of(
                "mp.jwt.verify.issuer", "https://id.example.org",
                "mp.jwt.verify.publickey.location", "https://id.example.org/keys",
                "mp.jwt.verify.audiences", "the-space",
                "SPACE_OIDC_CLIENT_ID", "dashboard",
                "SPACE_OIDC_AUTHORIZATION_URL", "https://id.example.org/authorize",
                "SPACE_OIDC_TOKEN_URL", "https://tokens.example.org:8443/oauth/token")::get);

        assertThat(PagePolicy.of(configuration)).endsWith("; connect-src 'self' https://tokens.example.org:8443");
    }
}
