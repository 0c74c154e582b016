package io.thespace.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Key.ServerKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

    @Test
    void everyKeyHasItsFallbackWhenNothingIsSet() {
        Configuration configuration = Configuration.read(name -> null);
        assertThat(configuration.get(Key.HTTP_PORT)).isEqualTo(8080);
        assertThat(configuration.get(Key.SERVER)).isEqualTo(ServerKind.PAYARA);
        assertThat(configuration.get(Key.CORS_ORIGINS)).isEmpty();
        assertThat(configuration.get(Key.JAVA_OPTIONS)).isEmpty();
        assertThat(configuration.find(Key.DATABASE_URL)).isEmpty();
    }

    @Test
    void blankIsUnset() {
        assertThat(Configuration.read(Map.of("SPACE_HTTP_PORT", " ")::get).get(Key.HTTP_PORT))
                .isEqualTo(8080);
    }

    @Test
    void namesEveryKeyThatIsWrongAndShowsNoSecret() {
        assertThatThrownBy(() -> Configuration.read(Map.of(
                        "SPACE_HTTP_PORT", "http",
                        "SPACE_SERVER", "tomcat",
                        "SPACE_ADMIN_PASSWORD", "tooshort")::get))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("SPACE_HTTP_PORT is not a whole number (it is \"http\").")
                .hasMessageContaining("SPACE_SERVER must be one of payara, wildfly, micro (it is \"tomcat\").")
                .hasMessageContaining("SPACE_ADMIN_PASSWORD needs 12 to 200 characters.")
                .hasMessageNotContaining("tooshort");
    }

    @Test
    void refusesAPortOutOfRange() {
        assertThatThrownBy(() -> Configuration.read(Map.of("SPACE_GRPC_PORT", "65536")::get))
                .hasMessage("SPACE_GRPC_PORT must be 1 to 65535 (it is \"65536\").");
    }

    @Test
    void anExternalIssuerNeedsItsKeysAndAudience() {
        assertThatThrownBy(() -> Configuration.read(Map.of("mp.jwt.verify.issuer", "https://id.example.org")::get))
                .hasMessageContaining("mp.jwt.verify.publickey.location is needed")
                .hasMessageContaining("mp.jwt.verify.audiences is needed");
        assertThatThrownBy(() -> Configuration.read(Map.of("mp.jwt.verify.issuer", "the-space")::get))
                .hasMessageContaining("mp.jwt.verify.issuer must differ from SPACE_TOKEN_ISSUER");
    }

    @Test
    void aClientIdNeedsTheProvidersIssuerAndEndpoints() {
        assertThatThrownBy(() -> Configuration.read(Map.of("SPACE_OIDC_CLIENT_ID", "dashboard")::get))
                .hasMessageContaining("mp.jwt.verify.issuer is needed")
                .hasMessageContaining("SPACE_OIDC_AUTHORIZATION_URL is needed")
                .hasMessageContaining("SPACE_OIDC_TOKEN_URL is needed");
        assertThatThrownBy(() -> Configuration.read(Map.of("SPACE_OIDC_LOGOUT_URL", "https://id.example.org/out")::get))
                .hasMessageContaining("SPACE_OIDC_CLIENT_ID is needed");
        assertThatThrownBy(() -> Configuration.read(Map.of("SPACE_OIDC_SCOPE", "profile")::get))
                .hasMessageContaining("SPACE_OIDC_SCOPE must contain openid");
    }

    @Test
    void aMissingSettingSaysWhatItIsFor() {
        Configuration configuration = Configuration.read(name -> null);
        assertThatThrownBy(() -> configuration.get(Key.HOME)).hasMessageContaining("SPACE_HOME is not set. Where");
    }

    @Test
    void splitsJavaOptions() {
        assertThat(Configuration.read(Map.of("SPACE_JAVA_OPTIONS", " -Xmx1g  -Da=b ")::get)
                        .get(Key.JAVA_OPTIONS))
                .containsExactly("-Xmx1g", "-Da=b");
    }

    @Test
    void nodesThatShareADatabaseDeriveTheSameAppPassword() {
        String url = "postgresql://owner:secret@db/space";
        String first = Configuration.read(Map.of("DATABASE_URL", url)::get).databaseAppPassword();
        String second = Configuration.read(Map.of("DATABASE_URL", url.replace("@db", "@10.0.0.7"))::get)
                .databaseAppPassword();
        String other = Configuration.read(Map.of("DATABASE_URL", url.replace("secret", "other"))::get)
                .databaseAppPassword();
        assertThat(first).isEqualTo(second).isNotEqualTo(other).doesNotContain("secret");
        assertThat(Configuration.read(Map.of("DATABASE_URL", url, "SPACE_DATABASE_APP_PASSWORD", "mine")::get)
                        .databaseAppPassword())
                .isEqualTo("mine");
    }

    @Test
    void spellsEnvironmentVariablesAsMicroProfileConfigDoes() {
        assertThat(Configuration.environmentName("mp.jwt.verify.issuer")).isEqualTo("MP_JWT_VERIFY_ISSUER");
        assertThat(Configuration.environmentName("SPACE_HOME")).isEqualTo("SPACE_HOME");
    }
}
