package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notifications and questions to MCP clients while a tool runs, subscriptions, and cancellation. */
class McpDialogueIT {

    private static final String TOOL = "failing_plugin-test_";
    private static final String ALL = "{\"elicitation\": {}, \"sampling\": {}, \"roots\": {}}";
    private static final String ALICE =
            "{\"action\": \"accept\", \"content\": {\"username\": \"alice\", \"email\": \"alice@example.org\"}}";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Caller user = space.as(stage.fixtures().user(org));
    private final ControlCenter center = new ControlCenter(admin);

    @BeforeEach
    void install() {
        center.clear("failing_plugin");
        center.run(PluginZip.failing()).is(200);
    }

    @AfterEach
    void remove() {
        center.clear("failing_plugin");
    }

    private McpClient.Session session() {
        return McpClient.sessionAble(user, "2025-11-25", ALL);
    }

    private static ObjectNode call(String tool, Object... namesAndValues) {
        return McpClient.toolCall(TOOL + tool, namesAndValues);
    }

    private static String text(JsonNode message) {
        return message.at("/result/content/0/text").asText();
    }

    // Questions in sessions
    // --------------------------------------------------------------------------------------------

    @Test
    void anAnswerReachesTheCallThatWaitsForIt() {
        McpClient.Session client = session();
        try (McpStream stream = client.stream(1, "tools/call", call("elicitation", "message", "Who is it?"))) {
            JsonNode question = stream.next();
            assertThat(question.path("method").asText()).isEqualTo("elicitation/create");
            assertThat(question.at("/params/message").asText()).isEqualTo("Who is it?");
            assertThat(question.at("/params/requestedSchema/properties").has("email"))
                    .isTrue();

            client.answer(question, ALICE).is(202);

            JsonNode result = stream.next();
            assertThat(result.path("id").asInt()).isEqualTo(1);
            assertThat(text(result)).contains("ACCEPT", "alice@example.org");
        }
        assertThat(stage.database().count("select count(*) from core.mcp_questions"))
                .isZero();
    }

    @Test
    void onlyTheOwnerOfASessionAnswersItsQuestions() {
        McpClient.Session client = session();
        Caller stranger = space.as(stage.fixtures().user(org));
        McpClient.Session strangers = McpClient.sessionAble(stranger, "2025-11-25", ALL);
        try (McpStream stream = client.stream(1, "tools/call", call("elicitation"))) {
            JsonNode question = stream.next();
            String forged = ALICE.replace("alice", "mallory");
            ObjectNode message = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
            message.set("id", question.path("id"));
            message.set("result", Json.read(forged));
            McpClient.send(stranger.with("Mcp-Session-Id", client.id()), message.toString())
                    .refused(404);
            strangers.answer(question, forged).is(202);

            client.answer(question, ALICE).is(202);

            assertThat(text(stream.next())).contains("alice").doesNotContain("mallory");
        }
    }

    @Test
    void aCallEndsWithWhatItsClientAnswers() {
        McpClient.Session client = session();
        try (McpStream stream = client.stream(1, "tools/call", call("elicitation"))) {
            client.answer(stream.next(), "{\"action\": \"decline\"}").is(202);
            assertThat(text(stream.next())).contains("DECLINE");
        }
        try (McpStream stream = client.stream(2, "tools/call", call("elicitation"))) {
            client.answer(stream.next(), "{\"action\": \"accept\", \"content\": {\"username\": 7}}")
                    .is(202);
            JsonNode result = stream.next().path("result");
            assertThat(result.path("isError").asBoolean()).isTrue();
            assertThat(result.at("/content/0/text").asText()).contains("person", "does not fit");
        }
        try (McpStream stream = client.stream(3, "tools/call", call("sampling", "prompt", "Hello"))) {
            JsonNode question = stream.next();
            assertThat(question.path("method").asText()).isEqualTo("sampling/createMessage");
            ObjectNode refusal = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
            refusal.set("id", question.path("id"));
            refusal.putObject("error").put("code", -1).put("message", "The user said no");
            McpClient.send(client.caller, refusal.toString()).is(202);
            JsonNode result = stream.next().path("result");
            assertThat(result.path("isError").asBoolean()).isTrue();
            assertThat(result.at("/content/0/text").asText()).contains("The user said no");
        }
    }

    /** Values that JSON can hold and PostgreSQL cannot store. */
    private static final List<String> UNSTORABLE = List.of("1e400", "1e10001", "\"\\u0000\"");

    @Test
    void anAnswerThatCannotBeStoredIsRefused() {
        McpClient.Session client = session();
        for (String value : UNSTORABLE) {
            try (McpStream stream = client.stream(1, "tools/call", call("elicitation"))) {
                String result = "{\"action\": \"accept\", \"content\": {\"username\": %s}}".formatted(value);
                client.answer(stream.next(), result).is(202);
                JsonNode refused = stream.next().path("result");
                assertThat(refused.path("isError").asBoolean()).isTrue();
                assertThat(refused.at("/content/0/text").asText())
                        .contains("did not answer person", "result.content.username must not");
            }
        }
    }

    @Test
    void aSessionWithCapabilitiesThatCannotBeStoredIsUsable() {
        for (String value : UNSTORABLE) {
            McpClient.Session client = McpClient.sessionAble(
                    user,
                    "2025-11-25",
                    "{\"elicitation\": {}, \"experimental\": {\"x\": {\"y\": %s}}}".formatted(value));
            try (McpStream stream = client.stream(1, "tools/call", call("elicitation"))) {
                client.answer(stream.next(), ALICE).is(202);
                assertThat(text(stream.next())).contains("alice@example.org");
            }
        }
    }

    @Test
    void aCallMayAskAgainAndNotForEver() {
        McpClient.Session client = session();
        try (McpStream stream = client.stream(1, "tools/call", call("input_required_result_multi_round"))) {
            client.answer(stream.next(), "{\"action\": \"accept\", \"content\": {\"name\": \"Alice\"}}");
            client.answer(stream.next(), "{\"action\": \"accept\", \"content\": {\"color\": \"blue\"}}");
            assertThat(text(stream.next())).isEqualTo("Alice likes blue");
        }
        try (McpStream stream = client.stream(2, "tools/call", call("endless_questions"))) {
            for (int round = 0; round < 10; round++) {
                client.answer(stream.next(), "{\"action\": \"cancel\"}").is(202);
            }
            JsonNode result = stream.next().path("result");
            assertThat(result.path("isError").asBoolean()).isTrue();
            assertThat(result.at("/content/0/text").asText()).contains("10 times");
        }
    }

    @Test
    void aClientThatCannotBeAskedIsNot() {
        assertThat(McpClient.session(user, "2025-11-25").refused(TOOL + "elicitation"))
                .contains("elicitation", "does not declare");
        Answer refused = McpClient.stateless(user).ask("tools/call", call("elicitation"));
        refused.is(400);
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(-32021);
        assertThat(refused.json().at("/error/data/requiredCapabilities").has("elicitation"))
                .isTrue();
        user.call("POST", "/api/plugins/failing_plugin/content/test_elicitation")
                .refused(409);
    }

    // Questions without sessions
    // ---------------------------------------------------------------------------------------

    private static ObjectNode retry(JsonNode asked, String tool, String key, String answer, Object... arguments) {
        ObjectNode params = call(tool, arguments);
        params.set("requestState", asked.path("requestState"));
        params.putObject("inputResponses").set(key, Json.read(answer));
        return params;
    }

    @Test
    void aCallIsMadeAnewWithTheAnswers() {
        McpClient client = McpClient.statelessAble(user, ALL);
        JsonNode asked = client.result("tools/call", call("elicitation", "message", "Who is it?"));
        assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
        assertThat(asked.at("/inputRequests/person/method").asText()).isEqualTo("elicitation/create");

        JsonNode done =
                client.result("tools/call", retry(asked, "elicitation", "person", ALICE, "message", "Who is it?"));

        assertThat(done.at("/content/0/text").asText()).contains("alice@example.org");
        JsonNode confirm = client.result("tools/call", call("confirmation"));
        assertThat(client.result("tools/call", retry(confirm, "confirmation", "confirm", "{\"action\": \"decline\"}"))
                        .at("/content/0/text")
                        .asText())
                .isEqualTo("confirmed: false");
    }

    @Test
    void aStateIsForItsCallerAndItsRequestAlone() {
        McpClient client = McpClient.statelessAble(user, ALL);
        JsonNode asked = client.result("tools/call", call("elicitation", "message", "Who is it?"));
        McpClient stranger = McpClient.statelessAble(space.as(stage.fixtures().user(org)), ALL);

        assertInvalid(
                stranger.ask("tools/call", retry(asked, "elicitation", "person", ALICE, "message", "Who is it?")));
        assertInvalid(client.ask("tools/call", retry(asked, "elicitation", "person", ALICE, "message", "Another")));
        assertInvalid(client.ask("tools/call", retry(asked, "confirmation", "confirm", ALICE)));
        assertInvalid(client.ask(
                "tools/call",
                retry(asked, "elicitation", "person", "{\"action\": \"accept\"}", "message", "Who is it?")));
        ObjectNode tampered = retry(asked, "elicitation", "person", ALICE, "message", "Who is it?");
        tampered.put("requestState", "x" + asked.path("requestState").asText());
        assertInvalid(client.ask("tools/call", tampered));
    }

    @Test
    void anAnswerWithoutSessionThatCannotBeStoredIsRefused() {
        McpClient client = McpClient.statelessAble(user, ALL);
        for (String value : UNSTORABLE) {
            JsonNode asked = client.result("tools/call", call("elicitation", "message", "Who is it?"));
            String answer = "{\"action\": \"accept\", \"content\": {\"username\": %s}}".formatted(value);

            Answer refused =
                    client.ask("tools/call", retry(asked, "elicitation", "person", answer, "message", "Who is it?"));

            assertInvalid(refused);
            assertThat(refused.json().at("/error/message").asText()).contains("person.content.username must not");
        }
    }

    private static void assertInvalid(Answer answer) {
        assertThat(answer.json().at("/error/code").asInt()).as("%s", answer).isEqualTo(-32602);
    }

    @Test
    void aCallWithoutSessionDoesNotAskForEver() {
        McpClient client = McpClient.statelessAble(user, ALL);
        Answer answer = client.ask("tools/call", call("endless_questions"));
        for (int round = 1; round <= 10; round++) {
            JsonNode asked = answer.is(200).get("result");
            assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
            answer = client.ask(
                    "tools/call", retry(asked, "endless_questions", "step" + round, "{\"action\": \"cancel\"}"));
        }
        assertThat(answer.json().at("/error/message").asText()).contains("10 times");
    }

    // Log
    // --------------------------------------------------------------------------------------------------------------

    @Test
    void aClientIsSentTheMessagesOfALogThatItWants() {
        McpClient.Session client = session();
        assertThat(logged(client)).containsExactly("info", "info", "info");
        client.result("logging/setLevel", Json.MAPPER.createObjectNode().put("level", "debug"));
        assertThat(logged(client)).containsExactly("debug", "info", "info", "info");
        client.result("logging/setLevel", Json.MAPPER.createObjectNode().put("level", "error"));
        assertThat(client.call(TOOL + "tool_with_logging").path("isError").asBoolean())
                .isFalse();
        assertInvalid(
                client.ask("logging/setLevel", Json.MAPPER.createObjectNode().put("level", "loud")));

        McpClient.Stateless stateless = McpClient.statelessAble(user, "{}");
        assertThat(stateless
                        .ask("tools/call", call("tool_with_logging"))
                        .is(200)
                        .header("Content-Type")
                        .orElseThrow())
                .startsWith("application/json");
        ObjectNode wanted = call("tool_with_logging");
        wanted.putObject("_meta").put("io.modelcontextprotocol/logLevel", "info");
        try (McpStream stream = stateless.stream(wanted)) {
            for (int i = 0; i < 3; i++) {
                assertThat(stream.next().at("/params/level").asText()).isEqualTo("info");
            }
            assertThat(text(stream.next())).isEqualTo("Logged.");
        }
    }

    private static List<String> logged(McpClient.Session client) {
        List<String> levels = new ArrayList<>();
        try (McpStream stream = client.stream(1, "tools/call", call("tool_with_logging"))) {
            JsonNode message = stream.next();
            while (message.path("method").asText().equals("notifications/message")) {
                levels.add(message.at("/params/level").asText());
                message = stream.next();
            }
            assertThat(text(message)).isEqualTo("Logged.");
        }
        return levels;
    }

    // Subscriptions
    // ----------------------------------------------------------------------------------------------------

    private static ObjectNode uri(String uri) {
        return Json.MAPPER.createObjectNode().put("uri", uri);
    }

    private String memory() {
        return user.post("/management/v1/memories", "content", "The pier is long.")
                .is(201)
                .get("memory")
                .path("id")
                .asText();
    }

    private void change(String memory) {
        user.send(
                        "PATCH",
                        "/management/v1/memories/" + memory,
                        "{\"content\": \"The pier is short, %s.\"}".formatted(UUID.randomUUID()))
                .is(200);
    }

    @Test
    void aSessionIsNotifiedOfResourcesThatItSubscribesTo() {
        String memory = memory();
        String watched = "space:///management/v1/memories/" + memory;
        McpClient.Session client = session();
        McpClient elsewhere = McpClient.session(
                space.as(stage.fixtures().user(stage.fixtures().organization())), "2025-11-25");
        assertThat(elsewhere
                        .ask("resources/subscribe", uri(watched))
                        .json()
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32002);
        try (McpStream stream = new McpStream(client.changes())) {
            assertThat(client.result("resources/subscribe", uri(watched))).isEmpty();
            // Each attempt waits for a message for up to 30 s.
            Patience.within(Duration.ofSeconds(90), () -> {
                change(memory);
                JsonNode update = stream.next();
                assertThat(update.path("method").asText()).isEqualTo("notifications/resources/updated");
                assertThat(update.at("/params/uri").asText()).isEqualTo(watched);
            });
            client.result("resources/unsubscribe", uri(watched));
            change(memory);
            promote();
            JsonNode next = stream.next();
            while (next.path("method").asText().equals("notifications/resources/updated")) {
                next = stream.next();
            }
            assertThat(next.path("method").asText()).isEqualTo("notifications/prompts/list_changed");
        }
    }

    @Test
    void aStreamWithoutSessionIsNotifiedOfWhatItWants() {
        String memory = memory();
        String watched = "space:///management/v1/memories/" + memory;
        Caller foreigner = space.as(stage.fixtures().user(stage.fixtures().organization()));
        try (McpStream stream = McpClient.statelessAble(user, "{}").updates(watched);
                McpStream elsewhere = McpClient.statelessAble(foreigner, "{}").updates(watched)) {
            assertThat(stream.next().at("/params/notifications/resourceSubscriptions"))
                    .hasSize(1);
            assertThat(elsewhere.next().at("/params/notifications").has("resourceSubscriptions"))
                    .isFalse();
            change(memory);
            JsonNode update = stream.next();
            assertThat(update.path("method").asText()).isEqualTo("notifications/resources/updated");
            assertThat(update.at("/params/uri").asText()).isEqualTo(watched);
            promote();
            assertThat(stream.next().path("method").asText()).isEqualTo("notifications/prompts/list_changed");
        }
    }

    private void promote() {
        String directive = admin.post(
                        "/management/v1/directives", "name", "Pier " + UUID.randomUUID(), "content", "Walk.")
                .is(201)
                .text("id");
        admin.call("POST", "/management/v1/directives/" + directive + "/promote")
                .is(200);
    }

    @Test
    void aClientHasSoManySubscriptionsAndNoMore() {
        McpClient.Session client = session();
        String template = "space:///api/plugins/failing_plugin/template/%d/data";
        for (int number = 0; number < 100; number++) {
            client.result("resources/subscribe", uri(template.formatted(number)));
        }
        client.result("resources/subscribe", uri(template.formatted(7)));
        Answer refused = client.ask("resources/subscribe", uri(template.formatted(100)));
        assertThat(refused.json().at("/error/message").asText()).contains("100");
        client.result("resources/unsubscribe", uri(template.formatted(7)));
        client.result("resources/subscribe", uri(template.formatted(100)));
    }

    // Cancellation
    // -----------------------------------------------------------------------------------------------------

    private static String cancelled(int request) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":%d}}"
                .formatted(request);
    }

    @Test
    void aCancelledCallOfASessionEnds() {
        McpClient.Session client = session();
        try (McpStream stream = client.stream(41, "tools/call", call("elicitation"))) {
            stream.next();
            McpClient.send(client.caller, cancelled(41)).is(202);
            assertThat(stream.next().isMissingNode()).isTrue();
        }
        String id = "mcp-" + UUID.randomUUID();
        AtomicBoolean answered = new AtomicBoolean();
        Thread canceller = new Thread(() -> {
            // The request may not have begun when the first one comes.
            while (!answered.get()) {
                McpClient.send(client.caller, cancelled(42));
            }
        });
        canceller.start();
        Answer answer = McpClient.send(
                client.caller.with("X-Request-Id", id),
                McpClient.request(42, "tools/call", McpClient.toolCall("failing_plugin-hang_until_interrupted")));
        answered.set(true);
        assertThat(answer.is(200).body()).isEmpty();
        assertRefusal(id, "CALL_CANCELLED");
    }

    @Test
    void aStreamThatItsClientClosesCancelsItsCall() {
        String id = "mcp-" + UUID.randomUUID();
        ObjectNode call = McpClient.toolCall("failing_plugin-hang_until_interrupted");
        call.putObject("_meta").put("progressToken", "p-1");
        McpClient.Stateless client =
                (McpClient.Stateless) McpClient.statelessAble(user, "{}").with("X-Request-Id", id);
        client.stream(call).close();
        assertRefusal(id, "CALL_CANCELLED");
    }

    private void assertRefusal(String requestId, String code) {
        Patience.within(Duration.ofSeconds(40), () -> assertThat(admin.get("/api/control-center/requests/" + requestId)
                        .is(200)
                        .body())
                .contains(code));
    }
}
