package io.thespace.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.gateway.GatewayError;
import io.thespace.plugin.api.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayPathTest {

    private static final String ROOT = "/api/v1/gateway";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/a/../b",
                "/a/.",
                "/a/..;x=1/b",
                "/a/%2e%2e/b",
                "/a/%2E./b",
                "/a/x%2ey",
                "/a%2fb",
                "/a%2Fb",
                "/a%5cb",
                "/a\\b",
                "/a%00",
                "/a%0d%0aX: y",
                "/a%7f",
                "//a",
                "/a//b",
                "/a/%252e%252e/b",
                "/a/%252fb",
                "/a/%c0%ae%c0%ae/b",
                "/a/%ff",
                "/a/%2",
                "/a/%zz",
                "/a b",
                "/a\"b",
                "/a?b",
                "/a#b",
                "/ä"
            })
    void whatCanBeReadInTwoWaysIsRefused(String path) {
        assertThatThrownBy(() -> GatewayPath.read(ROOT + path, ROOT))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> assertThat(e.code()).isEqualTo(GatewayError.INVALID_PATH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/api/v1/gatewayx/a", "/api/v1/gateway", "/api;x/v1/gateway/a", "/other"})
    void whatLiesElsewhereIsRefused(String path) {
        assertThatThrownBy(() -> GatewayPath.read(path, ROOT)).isInstanceOf(Rejection.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/weather, 1, ''",
        "/weather/, 1, /",
        "/weather/today;v=2/.well-known, 1, /today;v=2/.well-known",
        "/weather/M%C3%BCnchen/a%20b:c@d, 1, /M%C3%BCnchen/a%20b:c@d",
        "/a/b/c, 2, /c",
    })
    void theRestGoesOnAsItCame(String path, int depth, String rest) {
        assertThat(GatewayPath.read(ROOT + path, ROOT).rest(depth)).isEqualTo(rest);
    }

    @Test
    void segmentsAreComparedDecoded() {
        assertThat(GatewayPath.read(ROOT + "/%77eather/x", ROOT).segments()).isEqualTo(List.of("weather", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "%41"})
    void aSegmentMayBeAsLongAsAPath(String part) {
        String segment = part.repeat(8_000 / part.length());
        assertThat(GatewayPath.read(ROOT + "/" + segment, ROOT).rest(0)).isEqualTo("/" + segment);
    }
}
