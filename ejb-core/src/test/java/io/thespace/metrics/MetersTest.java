package io.thespace.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recorded values appear in a scrape, and callers cannot make it grow. */
class MetersTest {

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    private enum Refusal implements ErrorCode {
        TOO_MUCH;

        @Override
        public Kind kind() {
            return Kind.LIMITED;
        }

        @Override
        public String summary() {
            return "Too much.";
        }
    }

    private final Meters meters = new Meters();

    @BeforeEach
    void open() {
        meters.open();
    }

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void answersAreCountedByRouteAndClassOfStatus() {
        meters.answered("GET", "/api/auth/me", "Identity", 200, MILLISECOND);
        meters.answered("GET", "/api/auth/me", "Identity", 204, 7 * MILLISECOND);
        meters.answered("GET", "/api/auth/me", "Identity", 401, MILLISECOND);

        assertThat(meters.scrape())
                .contains(
                        "http_server_requests_seconds_count{group=\"Identity\",method=\"GET\",route=\"/api/auth/me\",status=\"2xx\"} 2",
                        "http_server_requests_seconds_count{group=\"Identity\",method=\"GET\",route=\"/api/auth/me\",status=\"4xx\"} 1",
                        "route=\"/api/auth/me\",status=\"2xx\",le=\"0.005\"} 1",
                        "route=\"/api/auth/me\",status=\"2xx\",le=\"0.01\"} 2")
                .doesNotContain("space_plugin_calls_total{");
    }

    @Test
    void aPluginsCallsAreCountedByOutcome() {
        String route = "/api/plugins/ledger/account";
        meters.answered("GET", route, "ledger", 200, MILLISECOND);
        meters.answered("POST", route, "ledger", 201, MILLISECOND);
        meters.answered("GET", route, "ledger", 404, MILLISECOND);
        meters.answered("GET", route, "ledger", 500, MILLISECOND);
        // The platform's own, about a plugin.
        meters.answered("GET", "/api/plugins/{plugin}/health", "Plugins", 200, MILLISECOND);

        assertThat(meters.scrape())
                .contains(
                        "space_plugin_calls_total{outcome=\"succeeded\",plugin=\"ledger\"} 2",
                        "space_plugin_calls_total{outcome=\"refused\",plugin=\"ledger\"} 1",
                        "space_plugin_calls_total{outcome=\"failed\",plugin=\"ledger\"} 1")
                .doesNotContain("plugin=\"Plugins\"");
    }

    @Test
    void methodsThatCallersInventAreOne() {
        for (int i = 0; i < 100; i++) {
            meters.answered("BREW" + i, "-", "-", 405, MILLISECOND);
        }
        assertThat(meters.scrape())
                .contains("{group=\"-\",method=\"other\",route=\"-\",status=\"4xx\"} 100")
                .doesNotContain("BREW");
    }

    @Test
    void seriesAreBounded() {
        for (int i = 0; i < Meters.MAX_SERIES + 50; i++) {
            meters.answered("GET", "/api/r" + i, "x", 200, MILLISECOND);
        }
        String scrape = meters.scrape();
        assertThat(scrape).contains("{group=\"other\",method=\"other\",route=\"other\",status=\"2xx\"} 50");
        assertThat(scrape.lines().filter(line -> line.startsWith("http_server_requests_seconds_count")))
                .hasSize(Meters.MAX_SERIES + 1);
    }

    @Test
    void refusalsAreCountedByCode() {
        meters.refused(Refusal.TOO_MUCH);
        meters.refused(Refusal.TOO_MUCH);

        assertThat(meters.scrape()).contains("space_refusals_total{code=\"TOO_MUCH\"} 2");
    }

    @Test
    void servicesComeAndGo() {
        meters.services(Map.of("database", true, "ledger", true));
        assertThat(meters.scrape())
                .contains("space_service_up{service=\"database\"} 1", "space_service_up{service=\"ledger\"} 1");

        meters.services(Map.of("database", false));
        assertThat(meters.scrape())
                .contains("space_service_up{service=\"database\"} 0")
                .doesNotContain("service=\"ledger\"");
    }

    @Test
    void theJavaProcessIsSeen() {
        assertThat(meters.scrape())
                .contains(
                        "jvm_memory_used_bytes{",
                        "jvm_threads_live_threads",
                        "jvm_classes_loaded_classes",
                        "jvm_gc_pause_seconds_count{",
                        "process_uptime_seconds");
    }
}
