package io.thespace.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets and signatures, compared with the examples of the Standard Webhooks libraries. */
class WebhookSecretsTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static String signatures(String... secrets) {
        return WebhookSecrets.signatures(
                List.of(secrets),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void signaturesAreThoseOfTheSpecification() {
        assertThat(signatures(SECRET)).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void eachSecretSigns() {
        String other = WebhookSecrets.random();

        assertThat(signatures(other, SECRET)).isEqualTo(signatures(other) + " " + signatures(SECRET));
    }

    @Test
    void secretsThatAreMadeAreValidAndDiffer() {
        assertThat(WebhookSecrets.random()).matches(WebhookSecrets::valid).isNotEqualTo(WebhookSecrets.random());
        assertThat(SECRET).matches(WebhookSecrets::valid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "whsec_c2hvcnQ=",
                "whsec_no base64, but long enough to hold 24 bytes",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void othersAreNot(String text) {
        assertThat(WebhookSecrets.valid(text)).isFalse();
    }
}
