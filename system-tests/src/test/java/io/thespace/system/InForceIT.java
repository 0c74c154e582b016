package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A change confirmed by a node is in force on that node: the next request finds it, without waiting. */
class InForceIT {

    private static final String GENERATE = "/api/v1/gateway/llm/generate";
    private static final String MODELS = "/api/control-center/gateway/models";
    private static final String ROUTES = "/api/control-center/gateway/routes";
    private static final String CHANNELS = "/api/control-center/channels";
    private static final String INVITATIONS = "/api/control-center/invitations";
    private static final String VALIDATE = "/api/frontend/membership/validate-invitation";
    private static final String AGENTS = "/management/v1/agents";
    private static final String DIRECTIVES = "/management/v1/directives";
    private static final String PLUGIN = "mirrorcore";

    private static Upstream upstream;

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Person userPerson = stage.fixtures().user(org);
    private final Caller user = space.as(userPerson);
    private String name;

    @BeforeAll
    static void start() throws IOException {
        upstream = new Upstream();
    }

    @AfterAll
    static void stop() throws IOException {
        upstream.close();
    }

    @BeforeEach
    void choose() {
        name = "f" + UUID.randomUUID().toString().replace("-", "");
    }

    @RepeatedTest(10)
    void models() {
        admin.post(MODELS, "name", name, "base_url", upstream.url(), "upstream_model", "x", "api_key", "sk-test")
                .is(201);
        user.post(GENERATE, "model", name, "prompt", "hello").is(200);
        admin.send(
                        "PUT",
                        MODELS + "/" + name,
                        Json.object(
                                "name",
                                name,
                                "base_url",
                                upstream.url(),
                                "upstream_model",
                                "x",
                                "roles",
                                List.of("admin")))
                .is(200);
        user.post(GENERATE, "model", name, "prompt", "hello").refused(403);
        admin.call("DELETE", MODELS + "/" + name).is(204);
        assertThat(admin.post(GENERATE, "model", name, "prompt", "hello").status())
                .isIn(404, 501);
    }

    @RepeatedTest(10)
    void routes() {
        String path = "/api/v1/gateway/" + name + "/told";
        Map<String, String> there = Map.of("url", upstream.url());
        String id = admin.post(ROUTES, "prefix", "/" + name, "upstreams", List.of(there))
                .is(201)
                .text("id");
        user.get(path).is(200);
        admin.send(
                        "PUT",
                        ROUTES + "/" + id,
                        Json.object("prefix", "/" + name, "upstreams", List.of(there), "methods", List.of("POST")))
                .is(200);
        user.get(path).refused(405);
        admin.call("DELETE", ROUTES + "/" + id).is(204);
        user.get(path).refused(404);
    }

    /** While calls of the organization go on, whose answers may have been asked for before the change. */
    @Test
    void limits() throws InterruptedException {
        String path = "/management/v1/organizations/" + org + "/rate-limits";
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> threads = IntStream.range(0, 2)
                .mapToObj(one -> new Thread(() -> {
                    while (!enough.get()) {
                        user.get("/api/auth/me");
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        try {
            for (int limit = 900_000; limit < 900_020; limit++) {
                admin.send("PATCH", path, "{\"requests_per_minute\": %d}".formatted(limit))
                        .is(200);
                assertThat(user.get("/api/auth/me").is(200).header("RateLimit-Policy"))
                        .contains("\"organization-minute\";q=%d;w=60".formatted(limit));
            }
        } finally {
            enough.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        admin.send("PATCH", path, "{\"requests_per_minute\": null}").is(200);
        assertThat(user.get("/api/auth/me").is(200).header("RateLimit-Policy")).isEmpty();
    }

    @RepeatedTest(5)
    void channels() {
        String member = CHANNELS + "/" + name + "/members/" + userPerson.id();
        admin.post(CHANNELS, "id", name, "name", "In force", "visibility", "private")
                .is(201);
        try (Talk talk = Talk.open(space, user)) {
            assertThat(talk.say("type", "join_channel", "channel_id", name)
                            .next()
                            .path("type")
                            .asText())
                    .isEqualTo("error");
            admin.send("PUT", member, "{\"role\": \"reader\"}").is(200);
            talk.join(name);
            admin.call("DELETE", member).is(204);
            // Whatever is sent after the confirmation comes after the end of the membership.
            talk.say("type", "ping");
            assertThat(talk.next().path("type").asText()).isEqualTo("left");
        }
        admin.call("DELETE", CHANNELS + "/" + name).is(204);
    }

    @RepeatedTest(3)
    void plugins() {
        ControlCenter center = new ControlCenter(admin);
        center.disable(PLUGIN).is(200);
        assertThat(user.get("/api/plugins/" + PLUGIN + "/sessions").status()).isNotEqualTo(200);
        center.enable(PLUGIN).is(200);
        user.get("/api/plugins/" + PLUGIN + "/sessions").is(200);
    }

    @RepeatedTest(3)
    void invitations() {
        Caller stranger = space.anonymous().from("192.0.2.78");
        Answer made =
                admin.post(INVITATIONS, "name", "In force", "role", "member").is(201);
        JsonNode invitation = made.get("invitation");
        String code = invitation.path("code").asText();
        assertThat(valid(stranger, code, made.text("pin"))).isTrue();
        admin.call(
                        "DELETE",
                        INVITATIONS + "/" + invitation.path("invitation_id").asText())
                .is(204);
        assertThat(valid(stranger, code, made.text("pin"))).isFalse();
    }

    private static boolean valid(Caller caller, String code, String pin) {
        return caller.post(VALIDATE, "code", code, "pin", pin)
                .is(200)
                .get("valid")
                .asBoolean();
    }

    @RepeatedTest(3)
    void directives() {
        Caller owner = space.as(stage.fixtures().member(org, "owner"));
        String agent = owner.post(AGENTS, "name", name, "model", "m").is(201).text("id");
        String resolved = AGENTS + "/" + agent + "/directives/resolved";
        String path = DIRECTIVES + "/"
                + owner.post(DIRECTIVES, "name", "tone", "content", "Be kind.", "agent_id", agent)
                        .is(201)
                        .text("id");
        owner.call("POST", path + "/promote").is(200);
        assertThat(owner.get(resolved).is(200).json().at("/0/content").asText()).isEqualTo("Be kind.");
        owner.post(path + "/revoke", "reason", "outdated").is(200);
        assertThat(owner.get(resolved).is(200).json()).isEmpty();
    }
}
