package io.thespace.identity.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of untrusted access tokens. */
class BearerTokenTest {

    private static String token(String claims) {
        return encoded("{\"alg\":\"RS256\",\"kid\":\"k\"}") + "." + encoded(claims) + ".c2ln";
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9e18",
                "1e30",
                "-1e30",
                "1e999999999",
                "1e-999999999",
                "9223372036854775807",
                "99999999999999999999999999",
                "-1",
                "253402300800",
                "\"1700000000\"",
                "null",
                "true",
                "[1]",
                "{}"
            })
    void aTimeThatIsNoneIsRefused(String value) {
        for (String name : new String[] {"exp", "iat", "nbf"}) {
            assertThatThrownBy(() -> BearerToken.read(token("{\"iss\":\"i\",\"%s\":%s}".formatted(name, value))))
                    .as(name)
                    .isInstanceOfSatisfying(
                            Rejection.class, e -> assertThat(e.code().kind()).isEqualTo(Kind.UNAUTHENTICATED));
        }
    }

    @Test
    void aTimeIsInSeconds() {
        BearerToken token = BearerToken.read(token("{\"iss\":\"i\",\"exp\":1700000000.5,\"nbf\":0}"));

        assertThat(token.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000L));
        assertThat(token.issuer()).isEqualTo("i");
    }

    @Test
    void withoutATimeItEndedLongAgo() {
        assertThat(BearerToken.read(token("{}")).expiresAt()).isEqualTo(Instant.EPOCH);
    }
}
