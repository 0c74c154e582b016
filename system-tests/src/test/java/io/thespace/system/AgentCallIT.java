package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents that the platform runs, with a model's server that calls tools. */
class AgentCallIT {

    private static final String CALL = "/api/v1/gateway/mcp/agent";
    private static final String AGENTS = "/management/v1/agents";
    private static final String MODELS = "/api/control-center/gateway/models";
    private static final String TRANSFER = "financial_business-transfer";

    private static Upstream upstream;

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Caller owner = space.as(stage.fixtures().member(org, "owner"));
    private final Person person = stage.fixtures().user(org);
    private final Caller user = space.as(person);
    private final String model = "agent-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws IOException {
        upstream = new Upstream();
    }

    @AfterAll
    static void stop() throws IOException {
        upstream.close();
    }

    @BeforeEach
    void register() {
        admin.post(MODELS, "name", model, "base_url", upstream.url(), "upstream_model", "x", "api_key", "sk-test")
                .is(201);
    }

    @AfterEach
    void remove() {
        admin.call("DELETE", MODELS + "/" + model).is(204);
    }

    private String agent(String name, String... tools) {
        String id = owner.post(AGENTS, "name", name, "model", model, "tools", List.of(tools))
                .is(201)
                .text("id");
        owner.call("POST", AGENTS + "/" + id + "/activate").is(200);
        return id;
    }

    private static Answer ask(Caller caller, String agent, String input) {
        return caller.post(CALL, "agent_id", agent, "input", input);
    }

    @Test
    void anAgentAnswersByIdAndByName() {
        String name = "my-agent-" + UUID.randomUUID();
        String id = agent(name);
        Answer answer = user.post(CALL, "agent_id", name, "input", "hello", "context", Map.of())
                .is(200)
                .hasManners();
        assertThat(answer.text("output")).isEqualTo("You said hello");
        assertThat(answer.get("tool_calls")).isEmpty();
        assertThat(answer.get("usage").toString()).isEqualTo("{\"input_tokens\":4,\"output_tokens\":3}");

        String session = answer.text("session_id");
        user.post(CALL, "agent_id", id, "input", "again", "context", Map.of("session_id", session))
                .is(200);
        assertThat(user.get("/management/v1/sessions/" + session + "/messages")
                        .is(200)
                        .get("items")
                        .findValuesAsText("role"))
                .containsExactly("user", "assistant", "user", "assistant");

        agent(name);
        ask(user, name, "hello").refused(404);
    }

    @Test
    void whomASessionIsAboutIsInTheContext() {
        String id = agent("support");
        String session = user.post(CALL, "agent_id", id, "input", "hello", "context", Map.of("user_id", "abc123"))
                .is(200)
                .text("session_id");
        assertThat(user.get("/management/v1/sessions/" + session).is(200).text("subject"))
                .isEqualTo("abc123");
        user.post(CALL, "agent_id", id, "input", "hello", "context", Map.of("user_id", "other", "session_id", session))
                .refused(404);
    }

    @Test
    void aToolIsCalledAsTheCaller() {
        String id = agent("reader", "memory_search");
        Answer answer = ask(user, id, "call memory_search {\"query\": \"nothing of the kind\"}")
                .is(200);
        assertThat(answer.text("output")).startsWith("The tool said {").contains("items");
        JsonNode call = answer.get("tool_calls").get(0);
        assertThat(call.path("name").asText()).isEqualTo("memory_search");
        assertThat(call.at("/arguments/query").asText()).isEqualTo("nothing of the kind");
        assertThat(call.path("is_error").asBoolean()).isFalse();
        assertThat(answer.get("usage").toString()).isEqualTo("{\"input_tokens\":8,\"output_tokens\":6}");
    }

    @Test
    void aToolThatIsNotInTheListIsNotCalled() {
        String id = agent("writer", "memory_search");
        String content = "A secret wish " + UUID.randomUUID();
        Answer answer = ask(user, id, "call memory_add {\"content\": \"%s\"}".formatted(content))
                .is(200);
        assertThat(answer.text("output")).contains("There is no function memory_add");
        assertThat(answer.get("tool_calls").get(0).path("is_error").asBoolean()).isTrue();
        assertThat(user.get("/management/v1/memories").is(200).body()).doesNotContain(content);
    }

    @Test
    void aRepeatedRequestMovesNothingTwice() {
        Business business = new Business(admin);
        String from = business.open(person, "USD", "100");
        String to = business.open(person, "USD");
        String id = agent("payer", TRANSFER);
        String input = "call " + TRANSFER + " " + Business.order(from, to, "10", "USD");
        JsonNode keyless = ask(user, id, input).is(200).get("tool_calls").get(0);
        assertThat(keyless.path("is_error").asBoolean()).isTrue();
        assertThat(Business.balance(user, from)).isEqualByComparingTo(new BigDecimal("100"));

        Caller once = user.once("agent-" + UUID.randomUUID());
        Answer first = ask(once, id, input).is(200);
        assertThat(first.get("tool_calls").get(0).path("is_error").asBoolean())
                .as(first.body())
                .isFalse();
        Answer again = ask(once, id, input).is(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(Business.balance(user, from)).isEqualByComparingTo(new BigDecimal("90"));
        ask(once, id, "hello").refused(422);
    }

    @Test
    void endlessCallsAreStopped() {
        String id = agent("endless", "memory_search");
        Answer answer = ask(user, id, "always memory_search {\"query\": \"x\"}").is(200);
        assertThat(answer.text("output")).contains("stopped");
        assertThat(answer.get("tool_calls")).hasSize(8);
        assertThat(answer.get("tool_calls").get(7).path("is_error").asBoolean()).isTrue();
    }

    @Test
    void whoMayNotIsRefused() {
        String id = agent("ours");
        UUID foreign = stage.fixtures().organization();
        ask(space.as(stage.fixtures().user(foreign)), id, "hello").refused(404);
        ask(space.as(stage.fixtures().member(org, "viewer")), id, "hello").refused(403);
        ask(space.anonymous(), id, "hello").refused(401);
        ask(user, "no-such-agent", "hello").refused(404);
        user.post(CALL, "agent_id", id).refusedFor(400, "input");
        user.post(CALL, "agent_id", id, "input", "hello", "context", Map.of("session_id", "x"))
                .refusedFor(400, "context.session_id");
        user.post(CALL, "agent_id", id, "input", "hello", "context", Map.of("session_id", UUID.randomUUID()))
                .refused(404);
        owner.call("POST", AGENTS + "/" + id + "/pause").is(200);
        ask(user, id, "hello").refused(409);
    }

    @Test
    void withoutItsModelAnAgentCannotAnswer() {
        String id = agent("modelless");
        owner.send("PATCH", AGENTS + "/" + id, "{\"model\": \"no-such-model\"}").is(200);
        ask(user, id, "hello").refused(404);
        admin.call("DELETE", MODELS + "/" + model).is(204);
        try {
            if (admin.get(MODELS).is(200).json().isEmpty()) {
                ask(user, id, "hello").refused(501);
            }
        } finally {
            register();
        }
        assertThat(user.get("/management/v1/sessions?agent_id=" + id).is(200).get("items"))
                .isEmpty();
    }

    @Test
    void tokensOfEachRoundAreCounted() {
        String id = agent("counted", "memory_search");
        owner.send("PATCH", "/management/v1/organizations/" + org + "/rate-limits", "{\"model_tokens_per_day\": 14}")
                .is(200);
        try {
            ask(user, id, "call memory_search {\"query\": \"x\"}").is(200);
            Patience.within(Duration.ofSeconds(20), () -> ask(user, id, "hello").refused(429));
        } finally {
            owner.send(
                            "PATCH",
                            "/management/v1/organizations/" + org + "/rate-limits",
                            "{\"model_tokens_per_day\": null}")
                    .is(200);
        }
    }
}
