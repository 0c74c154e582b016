package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.launcher.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two instances on one machine and one database are one platform. */
@OwnServers
class NodesIT {

    /** The maximum time for a revocation to take effect on all nodes, with a margin for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(15);

    /** The lease of a node that died, with room for a busy machine. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(20);

    /** A node that is told of a plugin has to start it first. */
    private static final Duration STARTED = Duration.ofSeconds(20);

    @Test
    void twoNodesOnOneDatabaseAreOnePlatform() throws Exception {
        Path folder = Stage.temporaryFolder();
        try (Stores stores = Stores.start(folder.resolve("stores"));
                // Started at the same moment on an empty database: one migrates, the other waits.
                Node one = node(folder.resolve("one"), stores).start();
                Node other = node(folder.resolve("other"), stores).start()) {
            Space here = one.ready().space();
            Space there = other.ready().space();
            Fixtures fixtures = new Fixtures(one.database());

            assertThat(one.database().count("select count(*) from core.users")).isEqualTo(1);
            UUID org = fixtures.organization();
            Person person = fixtures.admin(org);
            // Each has keys of its own; each accepts the other's tokens.
            Caller fromHere = here.signIn(person.email(), Fixtures.PASSWORD);
            Caller fromThere = there.signIn(person.email(), Fixtures.PASSWORD);
            assertThat(Jwt.header(fromHere.token(), "kid")).isNotEqualTo(Jwt.header(fromThere.token(), "kid"));
            fromHere.on(there).get("/api/auth/me").is(200);
            fromThere.on(here).get("/api/auth/me").is(200);
            assertThat(here.anonymous().get("/api/auth/jwks").json())
                    .hasSameSizeAs(there.anonymous().get("/api/auth/jwks").json());

            // Money, keys, cursors and events are the same on both.
            Business business = new Business(fromHere);
            String from = business.open(person, "USD", "100");
            String to = business.open(person, "USD");
            Answer moved = Business.transfer(fromHere.once("one"), from, to, "10", "USD")
                    .is(200);
            Answer replayed = Business.transfer(fromHere.on(there).once("one"), from, to, "10", "USD")
                    .is(200);
            assertThat(replayed.body()).isEqualTo(moved.body());
            assertThat(replayed.header("Idempotency-Replayed")).contains("true");
            String cursor = fromHere.get("/api/control-center/events?limit=1").text("next_cursor");
            fromHere.on(there)
                    .get("/api/control-center/events?limit=1&cursor=" + cursor)
                    .is(200);
            assertThat(Business.balance(fromHere.on(there), to)).isEqualTo("10.00");

            pluginsAreTheSameOnBoth(fromHere.on(here), fromHere.on(there));
            agentsAreServedByEither(fromHere.on(here), there);
            limitsAreOneOverBoth(fixtures, here, there);

            // A revoked token is dead on both.
            fromHere.call("POST", "/api/auth/logout").is(204);
            Patience.within(SOON, () -> {
                fromHere.get("/api/auth/me").refused(401);
                fromHere.on(there).get("/api/auth/me").refused(401);
            });
            fromThere.get("/api/auth/me").is(200);

            // Failed sign-ins are counted over both; until they are forgotten nobody signs in from this address.
            Caller listener = here.as(fixtures.user(org));
            Person guessed = fixtures.user(org);
            for (int i = 0; i < 10; i++) {
                (i % 2 == 0 ? here : there)
                        .login(guessed.email(), "wrong password")
                        .refused(401);
            }
            here.login(guessed.email(), Fixtures.PASSWORD).refused(429);
            there.login(guessed.email(), Fixtures.PASSWORD).refused(429);

            tokensAreTheSameOnBoth(fromThere.on(here), there);

            // One dies in the middle; the other carries on.
            try (Talk talk = Talk.open(there, fromThere)) {
                socketsMeet(fromThere, listener, here, talk);
                one.kill();
                Patience.within(FORGOTTEN, () -> assertThat(talk.say("type", "presence", "channel_id", "both")
                                .next("presence")
                                .path("users"))
                        .hasSize(1));
            }
            Business.transfer(fromThere, from, to, "10", "USD").is(200);
            new Business(fromThere).isClean();
        } finally {
            Stage.clear(folder);
        }
    }

    /** Messages sent on one node arrive at the other, in order; presence is visible on both. */
    private static void socketsMeet(Caller admin, Caller listener, Space here, Talk there) {
        admin.post("/api/control-center/channels", "id", "both", "name", "Both", "visibility", "public")
                .is(201);
        there.join("both");
        Talk talk = Talk.open(here, listener);
        talk.join("both");
        for (int i = 1; i <= 20; i++) {
            talk.say("type", "message", "channel_id", "both", "data", i).next("sent");
        }
        for (int i = 1; i <= 20; i++) {
            assertThat(there.next("message").path("offset").asInt()).isEqualTo(i);
        }
        there.say("type", "message", "channel_id", "both", "data", "back").next("sent");
        assertThat(talk.next("message").path("data").asText()).isEqualTo("back");
        // A node whose lease ran out on a busy machine says again who is there.
        Patience.within(SOON, () -> assertThat(there.say("type", "presence", "channel_id", "both")
                        .next("presence")
                        .path("users"))
                .hasSize(2));
    }

    /** A token that is revoked on one node is dead on the other. */
    private static void tokensAreTheSameOnBoth(Caller here, Space there) {
        Answer made = here.post(
                        "/management/v1/tokens", "name", "both", "permissions", List.of("token_read", "token_revoke"))
                .is(201);
        Caller program = there.anonymous().withToken(made.text("access_token"));
        String tokens = "/management/v1/tokens";
        program.get(tokens).is(200);
        here.call("DELETE", tokens + "/" + made.get("token").path("id").asText())
                .is(204);
        Patience.within(SOON, () -> program.get(tokens).refused(401, "INVALID_TOKEN"));
    }

    /** A hundred a minute over both are a hundred within 1 %, and an organization's limit that one is told holds on the other. */
    private static void limitsAreOneOverBoth(Fixtures fixtures, Space here, Space there) {
        UUID org = fixtures.organization();
        Caller user = here.as(fixtures.user(org));
        Instant start = Instant.now();
        int allowed = 0;
        for (int i = 0; i < 130; i++) {
            allowed += user.on(i % 2 == 0 ? here : there)
                                    .get("/api/v1/gateway/echo")
                                    .status()
                            == 200
                    ? 1
                    : 0;
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMinutes(1));
        assertThat(allowed).isBetween(99, 100);

        Caller admin = here.as(fixtures.admin(org));
        String limits = "/management/v1/organizations/" + org + "/rate-limits";
        admin.on(there).get("/api/auth/me").is(200);
        admin.send("PATCH", limits, "{\"requests_per_minute\": 1000}").is(200);
        Patience.within(SOON, () -> assertThat(
                        admin.on(there).get("/api/auth/me").is(200).header("RateLimit-Policy"))
                .contains("\"organization-minute\";q=1000;w=60"));
        int left = remaining(admin);
        assertThat(remaining(admin.on(there))).isEqualTo(left - 1);
        admin.on(there).send("PATCH", limits, "{\"requests_per_minute\": null}").is(200);
        Patience.within(SOON, () -> assertThat(admin.get("/api/auth/me").is(200).header("RateLimit-Policy"))
                .isEmpty());
    }

    private static int remaining(Caller caller) {
        return Integer.parseInt(caller.get("/api/auth/me")
                .is(200)
                .header("X-RateLimit-Remaining")
                .orElseThrow());
    }

    /** Whichever node is told, both follow. */
    private static void pluginsAreTheSameOnBoth(Caller here, Caller there) {
        String notices = "/api/plugins/notice_board/notices";
        new ControlCenter(here).run(PluginZip.example()).is(200);
        Patience.within(STARTED, () -> there.get(notices).is(200));
        String id = there.post(notices, "title", "Seen", "text", "…").is(201).text("id");
        assertThat(here.get(notices).is(200).body()).contains(id);
        Patience.within(STARTED, () -> assertThat(
                        new ControlCenter(here).find("notice_board").path("nodes"))
                .hasSize(2));

        new ControlCenter(there)
                .install(PluginZip.example().version("1.1.0").signed())
                .is(200);
        Patience.within(
                STARTED,
                () -> assertThat(here.get("/api/plugins").is(200).body()).contains("\"1.1.0\""));
        new ControlCenter(there).uninstall("notice_board", "purge").is(200);
        Patience.within(STARTED, () -> here.get(notices).refused(404));
    }

    /** A call that waits on one node for its client's answer gets it from the other, and is cancelled there. */
    private static void agentsAreServedByEither(Caller here, Space there) {
        new ControlCenter(here).run(PluginZip.failing()).is(200);
        McpClient.Session client = McpClient.sessionAble(here, "2025-11-25", "{\"elicitation\": {}}");
        ObjectNode call = McpClient.toolCall("failing_plugin-test_confirmation");
        try (McpStream stream = client.stream(1, "tools/call", call)) {
            client.on(there)
                    .answer(stream.next(), "{\"action\": \"accept\", \"content\": {\"confirmed\": true}}")
                    .is(202);
            assertThat(stream.next().at("/result/content/0/text").asText()).isEqualTo("confirmed: true");
        }
        try (McpStream stream = client.stream(2, "tools/call", call)) {
            stream.next();
            McpClient.send(
                            client.on(there).caller,
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}")
                    .is(202);
            assertThat(stream.next().isMissingNode()).isTrue();
        }
        new ControlCenter(here).uninstall("failing_plugin", "purge").is(200);
    }

    private static Node node(Path home, Stores stores) {
        Map<String, String> settings = Stage.settings(home);
        settings.putAll(stores.settings());
        return new Node(Instance.of(settings), Stage.KIND);
    }
}
