package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Callers of a node that has limits, and of one that has none. */
class RateLimitIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ECHO = "/api/v1/gateway/echo";
    private static final String EVENTS = "/api/control-center/events?limit=1";

    @Test
    void withoutALimitNothingIsSaidOfOne() {
        Stage stage = Stage.shared();
        Person person = stage.fixtures().user(stage.fixtures().organization());

        Answer me = stage.space().as(person).get("/api/auth/me").is(200);

        assertThat(me.header("RateLimit")).isEmpty();
        assertThat(me.json().at("/limits/requests_per_minute").asInt()).isEqualTo(100);
        assertThat(me.json().at("/limits/classes/gateway/calls").asInt()).isEqualTo(100);
        assertThat(me.json().at("/limits/classes/read").isMissingNode()).isTrue();
    }

    /** All its callers together, wherever they call; what it refuses is not counted elsewhere, and it can be raised. */
    @Test
    void anOrganizationsLimitHoldsForAllItsCallersOnEveryProtocol() {
        Space space = Stage.shared().space();
        Fixtures fixtures = Stage.shared().fixtures();
        UUID org = fixtures.organization();
        Caller admin = space.as(fixtures.admin(org));
        Caller user = space.as(fixtures.user(org));
        String limits = "/management/v1/organizations/" + org + "/rate-limits";
        String channel = "c-" + org;
        admin.post("/api/control-center/channels", "id", channel, "name", "Test", "visibility", "organization")
                .is(201);
        try (Talk talk = Talk.open(space, user)) {
            talk.join(channel);
            admin.send("PATCH", limits, "{\"requests_per_minute\": 4, \"requests_per_day\": 1000}")
                    .is(200);

            Answer first = user.get("/api/auth/me").is(200);
            assertThat(first.header("RateLimit-Policy"))
                    .contains("\"organization-minute\";q=4;w=60, \"organization-day\";q=1000;w=86400");
            assertThat(first.header("X-RateLimit-Limit")).contains("4");
            assertThat(first.header("X-RateLimit-Remaining")).contains("3");
            Answer echoed = admin.get(ECHO).is(200);
            assertThat(echoed.header("RateLimit").orElseThrow())
                    .startsWith("\"gateway-admin\";r=999;t=")
                    .contains(", \"organization-minute\";r=2;t=", ", \"organization-day\";r=998;t=");
            admin.get("/management/v1/agents").is(200);
            talk.say("type", "message", "channel_id", channel, "data", 1).next("sent");

            for (int i = 0; i < 2; i++) {
                Answer refused = admin.get(ECHO);
                assertThat(refused.refused(429)).contains("organization-minute", "4 in 60 seconds");
                assertThat(refused.header("RateLimit").orElseThrow())
                        .contains(
                                "\"gateway-admin\";r=999", "\"organization-minute\";r=0", "\"organization-day\";r=996");
                assertThat(refused.header("Retry-After")).isEqualTo(refused.header("X-RateLimit-Reset"));
            }
            user.get("/api/auth/me").refused(429);
            assertThat(user.get("/management/v1/agents").refused(429, "RATE_LIMITED"))
                    .contains("organization-minute");
            assertThat(talk.say("type", "message", "channel_id", channel, "data", 2)
                            .next("error")
                            .toString())
                    .contains("organization-minute");
            space.as(fixtures.user(fixtures.organization())).get("/api/auth/me").is(200);

            admin.send("PATCH", limits, "{\"requests_per_minute\": null}").is(200);
            assertThat(user.get("/api/auth/me").is(200).header("RateLimit-Policy"))
                    .contains("\"organization-day\";q=1000;w=86400");
        }
    }

    @Test
    void aLimitIsOneAndIsTold() throws Exception {
        Path folder = Stage.temporaryFolder();
        try (Stores stores = Stores.start(folder.resolve("stores"));
                Node node = node(folder.resolve("node"), stores).started()) {
            Fixtures fixtures = new Fixtures(node.database());
            UUID org = fixtures.organization();
            Space space = node.space();
            Person userPerson = fixtures.user(org);
            Caller user = space.as(userPerson);
            Caller admin = space.as(fixtures.admin(org));

            limitsAreTold(user, admin);
            strangersAreCountedByNetwork(space);
            whatAStrangerSaysOfItsAddressIsNotCounted(space);
            nobodySpendsAnothersAllowance(space, fixtures, org);
            afterTheLossOfRedisTheNodeCountsAlone(stores, space, fixtures, org);
        } finally {
            Stage.clear(folder);
        }
    }

    private static void limitsAreTold(Caller user, Caller admin) {
        Answer first = user.get("/api/auth/me").is(200);
        assertThat(first.header("RateLimit-Policy")).contains("\"read-user\";q=5;w=3600");
        assertThat(first.header("RateLimit").orElseThrow()).startsWith("\"read-user\";r=4;t=36");
        assertThat(first.header("X-RateLimit-Limit")).contains("5");
        assertThat(first.header("X-RateLimit-Remaining")).contains("4");
        assertThat(Integer.parseInt(first.header("X-RateLimit-Reset").orElseThrow()))
                .isBetween(3500, 3618);
        assertThat(first.json().at("/limits/classes/read/calls").asInt()).isEqualTo(5);
        assertThat(first.json().at("/limits/classes/read/seconds").asInt()).isEqualTo(3600);
        for (int i = 0; i < 4; i++) {
            user.get("/api/auth/me").is(200);
        }

        Answer refused = user.get("/api/auth/me");

        assertThat(refused.refused(429)).contains("read-user", "5 in 3600 seconds");
        assertThat(refused.header("RateLimit").orElseThrow()).startsWith("\"read-user\";r=0;t=");
        assertThat(refused.header("Retry-After")).isEqualTo(refused.header("X-RateLimit-Reset"));
        // Another endpoint of the class, a missing role, another class, an endpoint that is never counted, another
        // role.
        user.get("/api/plugins").refused(429);
        user.get(EVENTS).refused(403);
        assertThat(user.call("POST", "/api/auth/logout").is(204).header("RateLimit"))
                .isEmpty();
        assertThat(user.get("/api/health").is(200).header("RateLimit")).isEmpty();
        assertThat(admin.get(EVENTS).is(200).header("RateLimit")).isEmpty();
    }

    private static void strangersAreCountedByNetwork(Space space) {
        Caller one = space.anonymous().from("2001:db8:1:2::1");
        Caller neighbour = space.anonymous().from("2001:db8:1:2::ffff");
        one.get("/api/auth/jwks").is(200);
        neighbour.get("/api/auth/jwks").is(200);
        neighbour.get("/api/auth/jwks").refused(429);
        space.anonymous().from("2001:db8:1:3::1").get("/api/auth/jwks").is(200);
    }

    /** As behind a proxy that adds a line of its own to the client's. */
    private static void whatAStrangerSaysOfItsAddressIsNotCounted(Space space) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 3; i++) {
            HttpRequest request = HttpRequest.newBuilder(space.base().resolve("/api/auth/jwks"))
                    .header("X-Forwarded-For", "192.0.2." + i)
                    .header("X-Forwarded-For", "198.51.100.77")
                    .build();
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(i < 2 ? 200 : 429);
        }
    }

    private static void nobodySpendsAnothersAllowance(Space space, Fixtures fixtures, UUID org) {
        Caller other = space.as(fixtures.user(org));
        assertThat(other.get("/api/auth/me").is(200).header("X-RateLimit-Remaining"))
                .contains("4");
    }

    private static void afterTheLossOfRedisTheNodeCountsAlone(Stores stores, Space space, Fixtures fixtures, UUID org) {
        Caller user = space.as(fixtures.user(org));
        stores.redis().kill();
        Patience.within(SOON, () -> {
            JsonNode ready = space.anonymous().get("/api/ready").is(200).json();
            assertThat(ready.path("status").asText()).isEqualTo("degraded");
        });
        int allowed = 0;
        for (int i = 0; i < 10; i++) {
            allowed += user.get("/api/auth/me").status() == 200 ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(5);
    }

    private static Node node(Path home, Stores stores) {
        Map<String, String> settings = Stage.settings(home);
        settings.putAll(stores.settings());
        settings.put(Key.TRUSTED_PROXIES.name(), "127.0.0.1");
        settings.put(Key.LIMITS.name(), "read.user=5/3600,read.anonymous=2/3600");
        return new Node(Instance.of(settings), Stage.KIND);
    }
}
