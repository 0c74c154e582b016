package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints as tools of MCP clients, on both wires. */
class McpIT {

    private static final Duration SECOND = Duration.ofSeconds(30);

    /** A way to speak with the server. */
    enum Revision {
        SESSION_2025_06_18,
        SESSION_2025_11_25,
        STATELESS_2026_07_28;

        McpClient client(Caller caller) {
            return switch (this) {
                case SESSION_2025_06_18 -> McpClient.session(caller, "2025-06-18");
                case SESSION_2025_11_25 -> McpClient.session(caller, "2025-11-25");
                case STATELESS_2026_07_28 -> McpClient.stateless(caller);
            };
        }
    }

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Person person = stage.fixtures().user(org);
    private final Caller user = space.as(person);

    @ParameterizedTest
    @EnumSource
    void aToolIsFoundAndCalled(Revision revision) {
        McpClient client = revision.client(user);
        JsonNode tool = client.tools().stream()
                .filter(one -> one.path("name").asText().equals("memory_add"))
                .findFirst()
                .orElseThrow();
        assertThat(tool.at("/inputSchema/type").asText()).isEqualTo("object");
        assertThat(tool.at("/inputSchema/properties").has("content")).isTrue();
        assertThat(tool.at("/outputSchema/type").asText()).isEqualTo("object");
        assertThat(tool.at("/annotations/readOnlyHint").asBoolean(true)).isFalse();
        assertThat(tool.at("/annotations/destructiveHint").asBoolean(true)).isFalse();

        String content = "The lighthouse of " + UUID.randomUUID() + " was painted red.";
        JsonNode added = client.structured("memory_add", "content", content);
        JsonNode found = client.structured("memory_search", "query", "lighthouse painted");

        assertThat(found.path("items").toString()).contains(content);
        user.get("/management/v1/memories/" + added.at("/memory/id").asText()).is(200);
    }

    @ParameterizedTest
    @EnumSource
    void aViewerSeesAndCallsWhatReads(Revision revision) {
        McpClient viewer = revision.client(space.as(stage.fixtures().member(org, "viewer")));

        List<JsonNode> tools = viewer.tools();

        assertThat(tools).isNotEmpty().allSatisfy(tool -> assertThat(
                        tool.at("/annotations/readOnlyHint").asBoolean())
                .as("%s", tool.path("name"))
                .isTrue());
        viewer.structured("memory_search", "query", "lighthouse");
        assertUnknown(viewer.ask("memory_add", "content", "By a viewer."), "memory_add");
    }

    private static void assertUnknown(Answer answer, String tool) {
        assertThat(answer.status()).isBetween(200, 499);
        assertThat(answer.json().at("/error/code").asInt()).as("%s", answer).isEqualTo(-32602);
        assertThat(answer.json().at("/error/message").asText()).contains(tool);
    }

    @ParameterizedTest
    @EnumSource
    void moneyMovesOnceForItsKey(Revision revision) {
        Business business = new Business(admin);
        String from = business.open(person, "USD", "100");
        String to = business.open(person, "USD");
        McpClient client = revision.client(user);
        String tool = "financial_business-transfer";
        Object[] order = {"from_account_id", from, "to_account_id", to, "amount", 12.34, "currency", "USD"};

        assertThat(client.refused(tool, order)).contains("idempotency_key");
        Object[] keyed = Stream.concat(Stream.of(order), Stream.of("idempotency_key", UUID.randomUUID()))
                .toArray();
        JsonNode first = client.structured(tool, keyed);
        Answer again = client.ask(tool, keyed);

        assertThat(again.json().at("/result/structuredContent")).isEqualTo(first);
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        JsonNode account = client.structured("financial_business-account", "account_id", to);
        assertThat(account.path("balance").decimalValue()).isEqualByComparingTo("12.34");
        assertThat(client.refused(
                        tool,
                        "from_account_id",
                        from,
                        "to_account_id",
                        to,
                        "amount",
                        1000,
                        "currency",
                        "USD",
                        "idempotency_key",
                        "more-than-there-is"))
                .contains("is needed");
    }

    @ParameterizedTest
    @EnumSource
    void aCallIsExplainedAndAuditedLikeAnyOther(Revision revision) {
        String id = "mcp-" + UUID.randomUUID();
        McpClient client = revision.client(user).with("X-Request-Id", id);

        client.structured("memory_add", "content", "Explained " + id);

        Patience.within(SECOND, () -> {
            JsonNode explained =
                    admin.get("/api/control-center/requests/" + id).is(200).json();
            assertThat(explained.path("audit_records")).hasSize(1);
            JsonNode call = explained.at("/calls/0");
            assertThat(call.path("route").asText()).isEqualTo("/management/v1/memories");
            assertThat(call.at("/identity/user_id").asText())
                    .isEqualTo(person.id().toString());
            assertThat(call.at("/decisions").findValuesAsText("policy")).contains("role", "permission");
        });
    }

    @Test
    void aSessionBelongsToItsUser() {
        McpClient.Session bobs =
                (McpClient.Session) McpClient.session(space.as(stage.fixtures().user(org)), "2025-11-25");
        UUID elsewhere = stage.fixtures().organization();
        String ping = McpClient.request("ping", Json.MAPPER.createObjectNode());

        for (Caller alice : List.of(user, space.as(stage.fixtures().user(elsewhere)))) {
            Caller pretending = alice.with("Mcp-Session-Id", bobs.id());
            McpClient.send(pretending, ping).refused(404);
            pretending.call("DELETE", McpClient.PATH).refused(404);
        }
        McpClient.send(user.with("Mcp-Session-Id", "no-id"), ping).refused(404);
        McpClient.send(bobs.caller, ping).is(200);

        bobs.caller.call("DELETE", McpClient.PATH).is(204);
        McpClient.send(bobs.caller, ping).refused(404);
    }

    @Test
    void aCallerWithoutATokenIsToldWhereTokensComeFrom() {
        Answer refused = McpClient.send(space.anonymous(), McpClient.request("ping", Json.MAPPER.createObjectNode()));
        refused.refused(401);
        String metadata = space.base() + "/.well-known/oauth-protected-resource/api/mcp";
        assertThat(refused.header("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer ")
                .contains("resource_metadata=\"" + metadata + "\"");
        for (String path :
                List.of("/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/api/mcp")) {
            JsonNode document = space.anonymous().get(path).is(200).json();
            assertThat(document.path("resource").asText()).isEqualTo(space.base() + McpClient.PATH);
            assertThat(document.path("bearer_methods_supported").toString()).isEqualTo("[\"header\"]");
        }
        McpClient.send(user.with("Origin", "https://evil.example"), "{}").refused(403);
        user.get(McpClient.PATH).refused(405);
    }

    @Test
    void aPersonalAccessTokenHasItsScope() {
        String token = admin.post("/management/v1/tokens", "name", "reader", "permissions", List.of("memory_read"))
                .is(201)
                .text("access_token");
        McpClient reader = McpClient.stateless(space.anonymous().withToken(token));

        assertThat(reader.names()).contains("memory_search").doesNotContain("memory_add", "directive_list");
        reader.structured("memory_search", "query", "lighthouse");
        assertUnknown(reader.ask("memory_add", "content", "Out of scope."), "memory_add");
    }

    @ParameterizedTest
    @EnumSource
    void aToolThatFailsAnswersWithASentence(Revision revision) {
        ControlCenter center = new ControlCenter(admin);
        center.clear("failing_plugin");
        try {
            center.run(PluginZip.failing()).is(200);
            McpClient client = revision.client(user);
            for (String failure :
                    List.of("runtime_exception", "linkage_error", "hang_until_interrupted", "large_answer")) {
                Answer answer = client.ask("failing_plugin-" + failure);
                JsonNode result = answer.is(200).get("result");
                assertThat(result.path("isError").asBoolean()).as("%s", answer).isTrue();
                assertThat(result.at("/content/0/text").asText()).endsWith(".");
                assertThat(answer.body().length()).isLessThan(5_000);
                assertThat(answer.body()).doesNotContain("secret-of", "Exception", "io.thespace.failing", "\\tat ");
            }
        } finally {
            center.clear("failing_plugin");
        }
    }

    @ParameterizedTest
    @EnumSource
    void contentAndProgressOfAToolArePassedOn(Revision revision) {
        ControlCenter center = new ControlCenter(admin);
        center.clear("failing_plugin");
        try {
            center.run(PluginZip.failing()).is(200);
            McpClient client = revision.client(user);
            String tool = "failing_plugin-test_";

            JsonNode image = client.call(tool + "image_content").at("/content/0");
            assertThat(image.path("type").asText()).isEqualTo("image");
            assertThat(image.path("mimeType").asText()).isEqualTo("image/png");
            assertThat(client.call(tool + "multiple_content_types").path("content"))
                    .extracting(block -> block.path("type").asText())
                    .containsExactly("text", "image", "resource");
            assertThat(client.refused(tool + "invalid_content")).contains("author");

            ObjectNode params = Json.MAPPER.createObjectNode().put("name", tool + "tool_with_progress");
            params.putObject("arguments");
            params.putObject("_meta").put("progressToken", "p-1");
            Answer answer = client.ask("tools/call", params).is(200);
            assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/event-stream");
            List<JsonNode> messages = answer.body()
                    .lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> Json.read(line.substring("data:".length())))
                    .toList();
            assertThat(messages).hasSize(4);
            assertThat(messages.subList(0, 3))
                    .allSatisfy(message -> {
                        assertThat(message.path("method").asText()).isEqualTo("notifications/progress");
                        assertThat(message.at("/params/progressToken").asText()).isEqualTo("p-1");
                    })
                    .extracting(message -> message.at("/params/progress").asInt())
                    .containsExactly(0, 50, 100);
            assertThat(messages.get(3).at("/result/content/0/text").asText()).isEqualTo("The tool has completed.");
            assertThat(client.call(tool + "tool_with_progress").path("isError").asBoolean())
                    .isFalse();
        } finally {
            center.clear("failing_plugin");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDisabledPluginHasNoTools(Revision revision) {
        ControlCenter center = new ControlCenter(admin);
        center.clear("failing_plugin");
        try {
            center.run(PluginZip.failing()).is(200);
            McpClient client = revision.client(user);
            Patience.within(SECOND, () -> client.structured("failing_plugin-none"));
            assertThat(client.names()).contains("failing_plugin-none");

            center.disable("failing_plugin").is(200);

            Patience.within(SECOND, () -> assertUnknown(client.ask("failing_plugin-none"), "failing_plugin-none"));
            assertThat(client.names()).doesNotContain("failing_plugin-none");
        } finally {
            center.clear("failing_plugin");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatWaitsIsToldOfChanges(Revision revision) {
        ControlCenter center = new ControlCenter(admin);
        center.clear("failing_plugin");
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Stream<String> stream = revision.client(user).changes()) {
            Thread reader = new Thread(() -> {
                try {
                    stream.forEach(lines::add);
                } catch (UncheckedIOException e) {
                    lines.add("The stream was closed.");
                }
            });
            reader.setDaemon(true);
            reader.start();
            Patience.within(SECOND, () -> assertThat(lines).isNotEmpty());

            center.run(PluginZip.failing()).is(200);

            for (String list : List.of("tools", "prompts", "resources")) {
                Patience.within(SECOND, () -> assertThat(lines)
                        .anyMatch(line -> line.contains("notifications/" + list + "/list_changed")));
            }
        } finally {
            center.clear("failing_plugin");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserLeavesPlacesToOthersWhoWait(Revision revision) {
        Caller greedy = space.as(stage.fixtures().user(org));
        List<Stream<String>> open = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                open.add(revision.client(greedy).changes());
            }
            HttpResponse<Stream<String>> refused = revision.client(greedy).listen();
            open.add(refused.body());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();

            open.add(revision.client(user).changes());
        } finally {
            open.forEach(Stream::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamOfChangesEndsWithTheAccessOfItsCaller(Revision revision) {
        Caller owner = space.as(stage.fixtures().member(org, "owner"));
        Caller leaving = space.as(stage.fixtures().user(org));
        ends(revision, leaving, () -> leaving.call("POST", "/api/auth/logout").is(204));
        for (String change : List.of("{\"status\": \"suspended\"}", "{\"role\": \"viewer\"}")) {
            Person changed = stage.fixtures().user(org);
            ends(revision, space.as(changed), () -> owner.send("PATCH", "/management/v1/users/" + changed.id(), change)
                    .is(200));
        }
        Person removed = stage.fixtures().user(org);
        ends(revision, space.as(removed), () -> owner.call("DELETE", "/management/v1/users/" + removed.id())
                .is(204));
        Answer token = admin.post("/management/v1/tokens", "name", "waits", "permissions", List.of("memory_read"))
                .is(201);
        ends(revision, space.anonymous().withToken(token.text("access_token")), () -> admin.call(
                        "DELETE",
                        "/management/v1/tokens/" + token.get("token").path("id").asText())
                .is(204));
    }

    /** The stream of a client ends with a change of its caller. */
    private static void ends(Revision revision, Caller caller, Runnable change) {
        try (McpStream stream = new McpStream(revision.client(caller).changes())) {
            change.run();
            while (!stream.next().isMissingNode()) {
                // What the client was sent before.
            }
        }
    }

    @Test
    void theStatelessWireChecksHeadersAgainstTheBody() {
        Caller modern = user.with("MCP-Protocol-Version", "2026-07-28");
        String list = McpClient.request(
                "tools/list",
                (ObjectNode)
                        Json.read(
                                """
                        {"_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
                         "io.modelcontextprotocol/clientCapabilities": {}}}"""));

        assertThat(McpClient.send(modern, list).is(400).json().at("/error/code").asInt())
                .isEqualTo(-32020);
        assertThat(McpClient.send(modern.with("Mcp-Method", "tools/call"), list)
                        .is(400)
                        .json()
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32020);
        JsonNode discovered = McpClient.stateless(user).result("server/discover", Json.MAPPER.createObjectNode());
        assertThat(discovered.path("supportedVersions").toString()).contains("2026-07-28");
        assertThat(discovered.path("capabilities").has("tools")).isTrue();
    }

    @Test
    void toolsAnswerOverPlainHttp() {
        JsonNode tools = user.get("/api/mcp/tools").is(200).json();
        assertThat(tools)
                .extracting(tool -> tool.path("name").asText())
                .containsExactlyElementsOf(McpClient.stateless(user).names());
        String content = "The harbour of " + UUID.randomUUID() + " was dredged.";

        Answer added = user.post("/api/mcp/tools/memory_add/invoke", "arguments", Map.of("content", content))
                .is(200);
        assertThat(added.get("is_error").asBoolean()).isFalse();
        assertThat(added.get("structured").at("/memory/content").asText()).isEqualTo(content);
        Answer refused = user.post("/api/mcp/tools/memory_add/invoke", "arguments", Map.of("colour", "red"))
                .is(200);
        assertThat(refused.get("is_error").asBoolean()).isTrue();
        assertThat(refused.text("result")).contains("colour");
        user.post("/api/mcp/tools/no_such_tool/invoke", "arguments", Map.of()).refused(404);
        space.as(stage.fixtures().member(org, "viewer"))
                .post("/api/mcp/tools/memory_add/invoke", "arguments", Map.of("content", "By a viewer."))
                .refused(404);
        JsonNode health = user.get("/api/mcp/health").is(200).json();
        assertThat(health.path("protocol_versions").toString())
                .isEqualTo("[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\"]");
        assertThat(health.at("/servers/0/tools").asInt()).isPositive();
    }

    /** A client may send its next request as soon as it has the answer, before the container has ended the response. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyRequestOnAKeptConnectionIsAnswered(boolean chunked) {
        McpClient.Session client = (McpClient.Session) McpClient.session(user, "2025-11-25");
        Caller caller = client.caller.with("Accept", "application/json, text/event-stream");
        BodyPublisher whole = BodyPublishers.ofString(McpClient.request("tools/list", Json.MAPPER.createObjectNode()));
        BodyPublisher body = chunked ? BodyPublishers.fromPublisher(whole) : whole;
        for (int i = 0; i < 200; i++) {
            assertThat(caller.send("POST", McpClient.PATH, body, "application/json")
                            .is(200)
                            .get("result")
                            .path("tools"))
                    .isNotEmpty();
        }
    }

    /** Protocol errors or well-formed answers, never a defect of ours. */
    @Test
    void malformedMessagesAreProtocolErrors() {
        McpClient.Session session = (McpClient.Session) McpClient.session(user, "2025-11-25");
        Map<String, Caller> wires = Map.of(
                "session",
                session.caller,
                "stateless",
                user.with("MCP-Protocol-Version", "2026-07-28").with("Mcp-Method", "tools/call"));
        McpMessages messages = new McpMessages(20260728);
        for (int number = 0; number < 500; number++) {
            String message = messages.next();
            wires.forEach((wire, caller) -> {
                Answer answer = McpClient.send(caller, message);
                assertThat(answer.status())
                        .as("%s wire: %.500s%n%s", wire, message, answer)
                        .isBetween(200, 499);
                assertThat(answer.body())
                        .as("%s wire: %.500s", wire, message)
                        .doesNotContain("Exception", "java.", "\\tat ", "-32603");
                if (answer.status() != 202) {
                    assertThat(answer.json().isObject()).isTrue();
                    assertThat(answer.json().has("result"))
                            .as("%s wire: %.500s%n%s", wire, message, answer)
                            .isFalse();
                }
            });
        }
    }
}
