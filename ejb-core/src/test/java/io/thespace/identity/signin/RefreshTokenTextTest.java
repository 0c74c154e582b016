package io.thespace.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTextTest {

    private final UUID org = UuidCreator.getTimeOrderedEpoch();

    @Test
    void theOrganizationIsInClearAndTheRestIsRandom() {
        RefreshTokenText token = RefreshTokenText.make(org);
        assertThat(RefreshTokenText.parse(token.text())).contains(token);
        assertThat(RefreshTokenText.make(org).text()).isNotEqualTo(token.text());
        assertThat(token.hash()).hasSize(43).doesNotContain(token.text());
        assertThat(token.toString()).doesNotContain(token.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "abc.def", "AZK9pQAAcACAAAAAAAAAAQ", "AZK9pQAAcACAAAAAAAAAAQ.short", "é.é"})
    void whatHasNotTheFormIsNoToken(String text) {
        assertThat(RefreshTokenText.parse(text)).isEmpty();
    }

    @Test
    void aTokenOpensItsSuccessorAndNoOtherDoes() {
        RefreshTokenText token = RefreshTokenText.make(org);
        RefreshTokenText next = RefreshTokenText.make(org);
        String sealed = token.seal(next);

        assertThat(sealed).hasSize(43).isNotEqualTo(next.text().substring(23));
        assertThat(token.open(sealed)).isEqualTo(next);
        assertThat(RefreshTokenText.make(org).open(sealed)).isNotEqualTo(next);
    }

    @Test
    void theExampleInTheDocumentationHasTheForm() {
        assertThat(RefreshTokenText.parse("AZK9pQAAcACAAAAAAAAAAQ.2m0v6Vq3zY1cKfJw8uXhD5tRbN7aLsEoGiPyQxWkT4U"))
                .isPresent();
    }
}
