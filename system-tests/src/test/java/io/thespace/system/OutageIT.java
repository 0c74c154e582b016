package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outages of PostgreSQL and Redis, without any intervention at the server. */
class OutageIT {

    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person alicePerson = stage.fixtures().user(org);
    private final Caller alice = space.as(alicePerson);
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Business business = new Business(admin);
    private final String from = business.open(alicePerson, "USD", "100");
    private final String to = business.open(alicePerson, "USD");

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
        stage.stores().redis().start();
        Patience.within(
                RECOVERY, () -> assertThat(readiness().path("status").asText()).isEqualTo("ok"));
        business.isClean();
    }

    @Test
    void withoutRedisAllButItsLimitsWorks() {
        stage.stores().redis().kill();

        Patience.within(
                RECOVERY, () -> assertThat(readiness().path("status").asText()).isEqualTo("degraded"));
        assertThat(check("redis")).isEqualTo("down");
        assertThat(check("database")).isEqualTo("ok");
        Business.transfer(alice, from, to, "1", "USD").is(200);
        space.signIn(alicePerson.email(), Fixtures.PASSWORD).get("/api/auth/me").is(200);
        // Each node counts for itself then; nobody guesses without end.
        Caller guesser = space.anonymous().from("203.0.113.77");
        int refused = 0;
        for (int i = 0; i < 12; i++) {
            Answer answer = guesser.post(
                    "/api/auth/login", "email", "guess" + i + "@example.com", "password", "wrong password");
            refused += answer.status() == 429 ? 1 : 0;
        }
        assertThat(refused).isGreaterThanOrEqualTo(2);
        space.anonymous().get("/api/health").is(200);
        admin.get("/api/control-center/monitoring/health").is(200);

        stage.stores().redis().start();

        Patience.within(
                RECOVERY, () -> assertThat(readiness().path("status").asText()).isEqualTo("ok"));
    }

    @Test
    void withoutPostgresNobodyHangsAndServiceReturns() {
        Business.transfer(alice, from, to, "1", "USD").is(200);

        stage.stores().postgres().kill();
        // Its children finish what they are at before they notice that they are orphans.
        Patience.within(RECOVERY, () -> space.anonymous().get("/api/ready").refused(503));

        for (int i = 0; i < 3; i++) {
            unavailable(() -> Business.transfer(alice, from, to, "1", "USD"));
            unavailable(() -> alice.get(Business.PATH + "/accounts"));
            unavailable(() -> space.login(alicePerson.email(), Fixtures.PASSWORD));
            unavailable(() -> space.anonymous().get("/api/ready"));
        }
        // Being alive is not being ready.
        space.anonymous().get("/api/health").is(200);
        space.anonymous().get("/api/openapi").is(200);

        stage.stores().postgres().start();

        Patience.within(RECOVERY, () -> space.anonymous().get("/api/ready").is(200));
        Patience.within(
                RECOVERY, () -> Business.transfer(alice, from, to, "1", "USD").is(200));
        assertThat(Business.balance(alice, to).intValueExact()).isGreaterThanOrEqualTo(2);
    }

    private static void unavailable(java.util.function.Supplier<Answer> call) {
        long start = System.nanoTime();
        Answer answer = call.get();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        answer.refused(503);
        assertThat(answer.header("Retry-After")).as("%s", answer).isPresent();
        assertThat(took).as("%s", answer).isLessThan(ANSWER_LIMIT);
    }

    private JsonNode readiness() {
        return space.anonymous().get("/api/ready").is(200).json();
    }

    private String check(String name) {
        for (JsonNode check : readiness().path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check.path("status").asText();
            }
        }
        throw new AssertionError("There is no check of " + name);
    }
}
