package io.thespace.identity.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.configuration.Configuration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where plugins find the sandbox. */
class SandboxesTest {

    @Test
    void theNodeIsFoundWhereItListens() {
        assertThat(node("0.0.0.0")).isEqualTo("http://127.0.0.1:8080");
        assertThat(node("10.0.0.7")).isEqualTo("http://10.0.0.7:8080");
        assertThat(node("::1")).isEqualTo("http://[::1]:8080");
    }

    private static String node(String address) {
        return Sandboxes.node(Configuration.read(Map.of("SPACE_HTTP_ADDRESS", address)::get))
                .toString();
    }
}
