package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks, before a receiver that is away, refuses, or is gone. */
class WebhooksIT {

    private static final String WEBHOOKS = "/api/system/webhooks";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TYPE = "note_added";
    private static final int MAX_ATTEMPTS = 8;

    private final Stage stage = Stage.shared();
    private final Database database = stage.database();
    private UUID org;
    private Caller admin;
    private WebhookReceiver receiver;
    private String secret;
    private String id;

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
        org = stage.fixtures().organization();
        admin = stage.space().as(stage.fixtures().admin(org));
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    /** A webhook of the receiver's. */
    private void webhook() {
        Answer answer = admin.post(WEBHOOKS, "url", receiver.url("/hook?key=a%20b"), "types", List.of(TYPE))
                .is(201);
        secret = answer.text("secret");
        id = answer.get("webhook").path("id").asText();
    }

    private void publish(UUID orgId, String type, String subject, int number) {
        database.execute(
                "insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic, recorded_at)"
                        + " values (?, ?, ?, '/plugins/notes', ?, cast(? as jsonb), 'test', false, now())",
                UUID.randomUUID(),
                orgId,
                type,
                subject,
                "{\"n\": %d}".formatted(number));
    }

    private void publish(String subject, int... numbers) {
        for (int number : numbers) {
            publish(org, TYPE, subject, number);
        }
    }

    private JsonNode accessStatus() {
        return admin.get(WEBHOOKS + "/" + id).is(200).json();
    }

    private JsonNode items(String what) {
        return admin.get(WEBHOOKS + "/" + id + "/" + what).is(200).get("items");
    }

    /** So that no test waits for a pause. */
    private void attemptsAreDue() {
        database.execute("update core.event_subscribers set paused_until = null where name = ?", "webhook:" + id);
        database.execute(
                "update core.event_backlog set next_at = now() where subscriber = ? and next_at is not null",
                "webhook:" + id);
    }

    private void awaitNumbers(Integer... numbers) {
        Patience.within(SOON, () -> {
            attemptsAreDue();
            assertThat(receiver.numbers()).containsExactly(numbers);
        });
    }

    @Test
    void aReceiverThatWasDownGetsEverythingInOrder() throws Exception {
        receiver.down();
        webhook();
        publish("a", 1, 2, 3);
        publish(org, "note_removed", "a", 100);
        Patience.within(SOON, () -> {
            assertThat(accessStatus().path("state").asText()).isEqualTo("failing");
            assertThat(items("deliveries").path(0).path("outcome").asText()).isEqualTo("unreachable");
        });
        IntStream.range(4, 40).forEach(n -> publish("b" + n % 3, n));

        receiver.up();
        awaitNumbers(IntStream.range(1, 40).boxed().toArray(Integer[]::new));

        receiver.verify(secret);
        assertThat(receiver.requests())
                .allMatch(request -> request.target().equals("/hook?key=a%20b"))
                .allMatch(request -> request.event().path("type").asText().equals(TYPE));
        Patience.within(
                SOON, () -> assertThat(accessStatus().path("state").asText()).isEqualTo("active"));
        JsonNode last = items("deliveries").path(0);
        assertThat(last.path("outcome").asText()).isEqualTo("delivered");
        assertThat(last.path("status").asInt()).isEqualTo(204);
        assertThat(last.path("error").isNull()).isTrue();
        assertThat(items("waiting-events")).isEmpty();
    }

    @Test
    void anEventThatIsRefusedKeepsOnlyItsSubjectWaiting() {
        webhook();
        receiver.answer(request -> request.event().path("data").path("n").asInt() == 1 ? 500 : 200);
        publish("a", 1, 2);
        publish("b", 3);
        publish("a", 4);
        awaitNumbers(3);

        Patience.within(SOON, () -> {
            attemptsAreDue();
            assertThat(items("waiting-events").path(0).path("state").asText()).isEqualTo("parked");
        });
        JsonNode waiting = items("waiting-events");
        assertThat(waiting).hasSize(3);
        assertThat(waiting.path(0).path("attempts").asInt()).isEqualTo(MAX_ATTEMPTS);
        assertThat(waiting.path(0).path("failure").asText()).isEqualTo("The receiver answered with the status 500.");
        assertThat(waiting.path(1).path("state").asText()).isEqualTo("waiting");
        JsonNode refused = null;
        for (JsonNode delivery : items("deliveries")) {
            refused = delivery.path("outcome").asText().equals("failed") ? delivery : refused;
        }
        assertThat(refused).isNotNull();
        assertThat(refused.path("answer").asText()).isEqualTo("status 500");
        assertThat(refused.path("event_id").asText())
                .isEqualTo(waiting.path(0).path("event_id").asText());

        receiver.answer(request -> 200);
        assertThat(admin.call("POST", WEBHOOKS + "/" + id + "/replay")
                        .is(200)
                        .get("replayed")
                        .asInt())
                .isEqualTo(1);
        awaitNumbers(3, 1, 2, 4);
        // The receiver has an event before its delivery is recorded.
        Patience.within(SOON, () -> assertThat(items("waiting-events")).isEmpty());

        // Also what was delivered is sent once more.
        String replay = WEBHOOKS + "/" + id + "/deliveries/"
                + refused.path("delivery_id").asText() + "/replay";
        Caller once = admin.once("replay-" + UUID.randomUUID());
        once.call("POST", replay).is(200);
        assertThat(once.call("POST", replay).is(200).header("Idempotency-Replayed"))
                .contains("true");
        awaitNumbers(3, 1, 2, 4, 1);
        receiver.verify(secret);
        admin.call("POST", WEBHOOKS + "/" + id + "/deliveries/" + UUID.randomUUID() + "/replay")
                .refused(404);
    }

    @Test
    void aReceiverSaysHowLongItWantsNothing() {
        receiver.answer(request -> 429);
        receiver.wantsNothingFor("3000");
        webhook();
        publish("a", 1);

        Patience.within(SOON, () -> assertThat(database.count(
                        "select count(*) from core.event_subscribers where name = ?"
                                + " and paused_until > now() + interval '2900 seconds'",
                        "webhook:" + id))
                .isEqualTo(1));
        receiver.answer(request -> 204);
        awaitNumbers(1);
    }

    @Test
    void anEventThatIsNeverAnsweredIsPassed() throws Exception {
        webhook();
        admin.send("PUT", WEBHOOKS + "/" + id, Json.object("url", receiver.url("/hook"), "types", List.of(TYPE)))
                .is(200);
        receiver.answer(request -> {
            if (request.event().path("data").path("n").asInt() == 1) {
                throw new IllegalStateException("The connection is closed without an answer");
            }
            return 200;
        });
        publish("a", 1);
        publish("b", 2);

        awaitNumbers(2);

        assertThat(items("waiting-events").path(0).path("failure").asText()).contains("did not respond");
    }

    @Test
    void secretsAreRotatedAndSealed() {
        webhook();
        String before = secret;
        Answer rotated = admin.send("POST", WEBHOOKS + "/" + id + "/rotate-secret", "{\"overlap_hours\": 1}")
                .is(200);
        secret = rotated.text("secret");
        assertThat(secret).startsWith("whsec_").isNotEqualTo(before);
        assertThat(rotated.get("webhook").path("previous_secret_until").asText())
                .isNotEmpty();
        publish("a", 1);
        awaitNumbers(1);
        assertThat(receiver.requests().get(0).signedWith(before)).isTrue();
        assertThat(receiver.requests().get(0).signedWith(secret)).isTrue();

        String own = "whsec_" + "A".repeat(40);
        admin.send("POST", WEBHOOKS + "/" + id + "/rotate-secret", Json.object("secret", own, "overlap_hours", 0))
                .is(200);
        publish("a", 2);
        awaitNumbers(1, 2);
        assertThat(receiver.requests().get(1).signedWith(secret)).isFalse();
        assertThat(receiver.requests().get(1).signedWith(own)).isTrue();

        assertThat(admin.get(WEBHOOKS).body()).doesNotContain("whsec_");
        assertThat(database.count(
                        "select count(*) from core.webhooks where id = ? and position(convert_to(?, 'UTF8') in secret) = 0",
                        UUID.fromString(id),
                        own))
                .isOne();
        admin.send("POST", WEBHOOKS + "/" + id + "/rotate-secret", "{\"secret\": \"whsec_short\"}")
                .refused(400);
    }

    @Test
    void aTestIsAnsweredAtOnce() {
        webhook();
        JsonNode delivery =
                admin.call("POST", WEBHOOKS + "/" + id + "/test").is(200).json();
        assertThat(delivery.path("outcome").asText()).isEqualTo("delivered");
        assertThat(receiver.requests()).hasSize(1);
        receiver.verify(secret);
        assertThat(receiver.requests().get(0).event().path("type").asText()).isEqualTo("webhook_tested");
        admin.call(
                        "POST",
                        WEBHOOKS + "/" + id + "/deliveries/"
                                + delivery.path("delivery_id").asText() + "/replay")
                .refused(409);

        receiver.answer(request -> 302);
        delivery = admin.call("POST", WEBHOOKS + "/" + id + "/test").is(200).json();
        assertThat(delivery.path("outcome").asText()).isEqualTo("failed");
        assertThat(delivery.path("status").asInt()).isEqualTo(302);
        assertThat(receiver.requests()).as("no redirect is followed").hasSize(2);
    }

    @Test
    void aReceiverThatIsGoneOrFailsForDaysIsPaused() {
        webhook();
        receiver.answer(request -> 410);
        publish("a", 1);
        Patience.within(
                SOON, () -> assertThat(accessStatus().path("state").asText()).isEqualTo("paused"));
        assertThat(accessStatus().path("paused_reason").asText()).contains("410");
        admin.call("POST", WEBHOOKS + "/" + id + "/test").refused(409);
        Patience.within(SOON, () -> {
            JsonNode events = admin.get("/api/system/events?type=webhook_paused&subject=" + id)
                    .is(200)
                    .get("items");
            assertThat(events).hasSize(1);
            assertThat(events.path(0).path("source").asText()).isEqualTo("/webhooks");
        });

        receiver.answer(request -> 503);
        admin.call("POST", WEBHOOKS + "/" + id + "/enable").is(200);
        Patience.within(
                SOON, () -> assertThat(accessStatus().path("state").asText()).isEqualTo("failing"));
        database.execute(
                "update core.webhooks set failing_since = now() - interval '73 hours' where id = ?",
                UUID.fromString(id));
        Patience.within(SOON, () -> {
            attemptsAreDue();
            assertThat(accessStatus().path("state").asText()).isEqualTo("paused");
        });

        receiver.answer(request -> 200);
        publish("a", 2);
        admin.call("POST", WEBHOOKS + "/" + id + "/enable").is(200);
        awaitNumbers(1, 2);
    }

    @Test
    void eventsWaitWhileItIsDisabled() {
        webhook();
        admin.call("POST", WEBHOOKS + "/" + id + "/disable").is(200);
        publish("a", 1, 2);
        Patience.within(
                SOON, () -> assertThat(database.count("select count(*) from core.event_queue where org_id = ?", org))
                        .isZero());
        assertThat(accessStatus().path("state").asText()).isEqualTo("disabled");
        assertThat(receiver.requests()).isEmpty();

        admin.call("POST", WEBHOOKS + "/" + id + "/enable").is(200);
        awaitNumbers(1, 2);
    }

    @Test
    void anotherOrganizationSeesNothing() {
        webhook();
        UUID other = stage.fixtures().organization();
        Caller stranger = stage.space().as(stage.fixtures().admin(other));

        publish(other, TYPE, "a", 100);
        publish("a", 1);
        awaitNumbers(1);

        assertThat(stranger.get(WEBHOOKS).is(200).json()).isEmpty();
        for (String path : List.of("", "/deliveries", "/waiting-events")) {
            stranger.get(WEBHOOKS + "/" + id + path).refused(404);
        }
        for (String action : List.of("enable", "disable", "test", "replay")) {
            stranger.call("POST", WEBHOOKS + "/" + id + "/" + action).refused(404);
        }
        stranger.call("DELETE", WEBHOOKS + "/" + id).refused(404);
        assertThat(stranger.get("/api/control-center/event-subscribers").body()).doesNotContain(id);
        stranger.call("POST", "/api/control-center/event-subscribers/webhook:" + id + "/replay")
                .refused(404);
        assertThat(admin.get("/api/control-center/event-subscribers").body()).contains(id);
        stage.space().as(stage.fixtures().user(org)).get(WEBHOOKS).refused(403);

        admin.call("DELETE", WEBHOOKS + "/" + id).is(204);
        assertThat(database.count("select count(*) from core.event_subscribers where name = ?", "webhook:" + id))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/hook",
                "http://169.254.169.254/latest",
                "http://[::1]:8080/",
                "http://[::ffff:10.0.0.1]/",
                "http://2130706434/",
                "ftp://example.org/",
                "http://user:password@example.org/",
                "https://example.org/a/../b",
                "https://example.org/#fragment",
                "nothing"
            })
    void urlsThatTheGatewayWouldNotUseAreRefused(String url) {
        assertThat(admin.post(WEBHOOKS, "url", url).refused(400)).startsWith("url ");
    }

    @Test
    void anOrganizationHasSoMany() {
        for (int i = 0; i < 20; i++) {
            admin.post(WEBHOOKS, "url", "https://hooks.example.org/" + i).is(201);
        }
        admin.post(WEBHOOKS, "url", "https://hooks.example.org/more").refused(409);
        admin.post(WEBHOOKS, "url", "https://hooks.example.org/", "secret", "s").refused(400);
    }
}
