package io.thespace.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private static TrustedProxies proxies(String text) {
        return Configuration.read(Map.of(Key.TRUSTED_PROXIES.name(), text)::get).get(Key.TRUSTED_PROXIES);
    }

    @Test
    void aProxyThatAddsALineOfItsOwnIsBelievedBeforeTheClient() {
        TrustedProxies proxies = proxies("10.0.0.7, 10.0.0.8");
        assertThat(proxies.caller("10.0.0.7", List.of("198.51.100.1", "203.0.113.9")))
                .isEqualTo("203.0.113.9");
        assertThat(proxies.caller("10.0.0.7", List.of("198.51.100.1, 203.0.113.9", "10.0.0.8")))
                .isEqualTo("203.0.113.9");
        assertThat(proxies.caller("10.0.0.7", List.of("198.51.100.1,203.0.113.9")))
                .isEqualTo("203.0.113.9");
        assertThat(proxies.caller("10.0.0.7", List.of("203.0.113.9", ""))).isEqualTo("203.0.113.9");
        assertThat(proxies.caller("10.0.0.7", List.of())).isEqualTo("10.0.0.7");
    }

    @Test
    void anotherPeerIsNotBelieved() {
        assertThat(proxies("10.0.0.7").caller("203.0.113.9", List.of("198.51.100.1")))
                .isEqualTo("203.0.113.9");
        assertThat(proxies("").caller("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
    }

    @Test
    void anAddressIsTheSameInAnySpelling() {
        TrustedProxies proxies = proxies("::1,FD00::0:7");
        assertThat(proxies.contains("0:0:0:0:0:0:0:1")).isTrue();
        assertThat(proxies.contains("0:0:0:0:0:0:0:1%lo")).isTrue();
        assertThat(proxies.contains("fd00:0:0:0:0:0:0:7")).isTrue();
        assertThat(proxies.contains("fd00::8")).isFalse();
        assertThat(proxies.contains("localhost")).isFalse();
        assertThat(proxies("127.0.0.1").contains("::ffff:127.0.0.1")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example", "10.0.0", "10.0.0.256", "10.0.0.0/8", "10.0.0.7:80", "[::1]", ".:", "1::2::3"})
    void whatIsNoAddressStopsTheStart(String text) {
        assertThatThrownBy(() -> proxies(text))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("SPACE_TRUSTED_PROXIES")
                .hasMessageContaining(text);
    }
}
