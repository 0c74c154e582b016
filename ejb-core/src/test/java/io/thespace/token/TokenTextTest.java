package io.thespace.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {

    @Test
    void whatIsMadeIsRead() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            UUID id = i == 0 ? new UUID(0, 0) : i == 1 ? new UUID(-1, -1) : UuidCreator.getTimeOrderedEpoch();
            TokenText token = TokenText.make(id);
            assertThat(token.text()).matches("ibex_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{49}");
            assertThat(TokenText.parse(token.text())).contains(token);
            assertThat(token.hash()).hasSize(43);
            assertThat(seen.add(token.text())).isTrue();
        }
    }

    /** A scanner that verifies the checksum reports no look-alikes, and a typing error never reaches the database. */
    @Test
    void oneWrongCharacterIsNoticed() {
        String text = TokenText.make(UuidCreator.getTimeOrderedEpoch()).text();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(TokenText.parse(text.substring(0, i) + other + text.substring(i + 1)))
                    .as("another character at %d", i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ibex_pat_", "ibex_pat_x_y", "eyJhbGciOiJSUzI1NiJ9.e30.x"})
    void othersAreNone(String text) {
        assertThat(TokenText.parse(text)).isEmpty();
    }

    @Test
    void theExampleHasTheForm() {
        assertThat(TokenText.parse(Tokens.EXAMPLE)).isPresent();
    }

    @Test
    void itIsNotToldByAccident() {
        TokenText token = TokenText.make(UuidCreator.getTimeOrderedEpoch());
        assertThat(token.toString()).doesNotContain(token.text().substring(32));
    }
}
