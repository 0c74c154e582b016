package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.configuration.Key;
import io.thespace.configuration.Key.ServerKind;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform's MicroProfile Health checks at the server's own path: Payara's API port, WildFly's management port. */
class HealthChecksIT {

    private static final Duration RECOVERY = Duration.ofSeconds(30);
    /** The check's own limit of 4 s, and what a busy machine adds. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    private final Stage stage = Stage.shared();
    private final Caller probe = new Caller(base(stage), Map.of());

    private static URI base(Stage stage) {
        return Stage.KIND == ServerKind.WILDFLY
                ? URI.create(
                        "http://127.0.0.1:" + stage.instance().configuration().get(Key.ADMIN_PORT))
                : stage.space().base();
    }

    private Lock outage;

    @BeforeEach
    void begin() {
        outage = Stage.beginOutage();
    }

    @AfterEach
    void allIsBack() {
        try {
            serve();
        } finally {
            outage.unlock();
        }
    }

    private void serve() {
        stage.stores().postgres().start();
        Patience.within(RECOVERY, () -> probe.get("/health/ready").is(200));
    }

    @ParameterizedTest
    @CsvSource({"live, the-space-live, ok", "ready, the-space-ready, ok", "started, the-space-started, started"})
    void eachKindHasItsCheck(String kind, String name, String status) {
        JsonNode health = probe.get("/health/" + kind).is(200).json();

        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(health.findValuesAsText("name").stream().filter(each -> each.startsWith("the-space")))
                .containsExactly(name);
        assertThat(check(health, name).path("status").asText()).isEqualTo("UP");
        assertThat(check(health, name).at("/data/status").asText()).isEqualTo(status);
    }

    @Test
    void theServerListensOnItsConfiguredPortsOnly() {
        Listening.onConfiguredPortsOnly(stage.instance(), Stage.KIND != ServerKind.MICRO);
    }

    @Test
    void allKindsAreInOne() {
        JsonNode health = probe.get("/health").is(200).json();

        assertThat(health.findValuesAsText("name"))
                .contains("the-space-live", "the-space-ready", "the-space-started")
                .doesNotHaveDuplicates();
        assertThat(check(health, "the-space-ready").at("/data/finding").asText())
                .isEqualTo("database: ok, redis: ok");
    }

    @Test
    void withoutTheDatabaseTheNodeIsLiveAndStartedButNotReady() {
        stage.stores().postgres().kill();

        Patience.within(RECOVERY, () -> probe.get("/health/ready").is(503));
        long start = System.nanoTime();
        Answer answer = probe.get("/health/ready").is(503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ANSWER_LIMIT);
        JsonNode ready = check(answer.leaksNothing().json(), "the-space-ready");
        assertThat(ready.path("status").asText()).isEqualTo("DOWN");
        assertThat(ready.at("/data/status").asText()).isEqualTo("down");
        probe.get("/health/live").is(200);
        probe.get("/health/started").is(200);
    }

    private static JsonNode check(JsonNode health, String name) {
        for (JsonNode check : health.path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("There is no check " + name + " in " + health);
    }
}
