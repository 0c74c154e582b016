package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Explanations of calls. */
class RequestExplanationIT {

    private static final String PATH = "/api/control-center/requests/";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Person person = stage.fixtures().user(org);
    private final Caller user = space.as(person);
    private String id;
    private Caller asked;

    @BeforeEach
    void choose() {
        id = "why-" + UUID.randomUUID();
        asked = user.with("X-Request-Id", id).with("X-Session-Id", "tab-7");
    }

    /** The call, once all is there that it caused; the audit has its records a second later. */
    private JsonNode explained(boolean audited) {
        Patience.within(SOON, () -> {
            Answer answer = admin.get(PATH + id).is(200);
            assertThat(answer.get("audit_records").isEmpty()).isEqualTo(!audited);
        });
        Answer answer = admin.get(PATH + id).is(200);
        assertThat(answer.body()).doesNotContain(user.token(), "Bearer");
        assertThat(answer.get("calls")).hasSize(1);
        return answer.json();
    }

    @Test
    void aTransferIsExplained() {
        Business business = new Business(admin);
        String from = business.open(person, "USD", "100");
        String to = business.open(person, "USD");
        Business.transfer(asked, from, to, "12.34", "USD").is(200);

        JsonNode explained = explained(true);
        JsonNode call = explained.at("/calls/0");
        assertThat(call.path("route").asText()).isEqualTo("/api/plugins/financial_business/transfer");
        assertThat(call.path("group").asText()).isEqualTo("financial_business");
        assertThat(call.path("status").asInt()).isEqualTo(200);
        assertThat(call.path("refusal").isNull()).isTrue();
        assertThat(call.at("/identity/user_id").asText()).isEqualTo(person.id().toString());
        assertThat(call.at("/identity/role").asText()).isEqualTo("user");
        assertThat(call.at("/identity/session_id").asText()).isEqualTo("tab-7");
        assertThat(call.at("/identity/sign_in_id").isTextual()).isTrue();
        assertThat(call.at("/decisions/0/policy").asText()).isEqualTo("role");
        assertThat(call.at("/decisions/0/allowed").asBoolean()).isTrue();
        assertThat(call.at("/timings/total_millis").asDouble())
                .isGreaterThanOrEqualTo(call.at("/timings/admitted_millis").asDouble());
        assertThat(call.path("events"))
                .anySatisfy(event -> assertThat(event.path("type").asText()).isEqualTo("funds_transferred"));
        assertThat(explained.at("/audit_records/0/outcome").asText()).isEqualTo("done");
        assertThat(call.path("events"))
                .allSatisfy(
                        event -> assertThat(event.path("request_id").asText()).isEqualTo(id));

        // No other organization can read it, and for unauthenticated calls there is none.
        space.as(stage.fixtures().admin(stage.fixtures().organization()))
                .get(PATH + id)
                .refused(404);
        user.get(PATH + id).refused(403);
        admin.get(PATH + "never-made").refused(404);
    }

    @Test
    void aRefusalIsExplained() {
        asked.send("POST", "/api/control-center/plugins/enable", "{\"plugin_id\": \"mirrorcore\"}")
                .refused(403);

        JsonNode call = explained(true).at("/calls/0");
        assertThat(call.path("status").asInt()).isEqualTo(403);
        assertThat(call.path("refusal").asText()).isEqualTo("ROLE_MISSING");
        assertThat(call.path("decisions")).singleElement().satisfies(decision -> assertThat(decision.toString())
                .isEqualTo("{\"policy\":\"role\",\"needed\":\"admin\",\"held\":\"user\",\"allowed\":false}"));
        assertThat(call.at("/timings/admitted_millis").isNull()).isTrue();
        assertThat(call.path("events")).isEmpty();
    }

    @Test
    void aRetriedUpstreamIsExplained() throws IOException {
        try (Upstream upstream = new Upstream()) {
            String prefix = "/t" + id.replaceAll("[^a-z0-9]", "");
            admin.post(
                            "/api/control-center/gateway/routes",
                            "prefix",
                            prefix,
                            "retries",
                            1,
                            "upstreams",
                            List.of(
                                    Map.of("url", upstream.rudeUrl(), "weight", 100),
                                    Map.of("url", upstream.url(), "weight", 1)))
                    .is(201);
            Patience.within(SOON, () -> assertThat(
                            asked.get("/api/v1/gateway" + prefix + "/told").status())
                    .isEqualTo(200));

            // Those before the route was in force have the same id, and the answer comes before its explanation.
            Patience.within(SOON, () -> assertThat(admin.get(PATH + id)
                            .is(200)
                            .json()
                            .at("/calls/0/status")
                            .asInt())
                    .isEqualTo(200));
            JsonNode call = admin.get(PATH + id).json().at("/calls/0");
            assertThat(call.path("gateway_route").asText()).isEqualTo(prefix);
            assertThat(call.at("/quota/policy").asText()).isEqualTo("gateway-user");
            assertThat(call.at("/quota/remaining").asInt()).isBetween(0, 99);
            assertThat(call.path("upstreams")).as(call.toPrettyString()).hasSize(2);
            assertThat(call.at("/upstreams/0/origin").asText()).isEqualTo(upstream.rudeUrl());
            assertThat(call.at("/upstreams/0/outcome").asText()).isEqualTo("failed");
            assertThat(call.at("/upstreams/0/error").asText()).isEqualTo("UPSTREAM_BROKEN");
            assertThat(call.at("/upstreams/1/outcome").asText()).isEqualTo("worked");
            assertThat(call.at("/upstreams/1/status").asInt()).isEqualTo(200);
        }
    }
}
