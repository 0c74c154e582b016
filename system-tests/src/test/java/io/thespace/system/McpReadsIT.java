package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Resources, prompts and completion for MCP clients, on both wires. */
class McpReadsIT {

    private static final String MEMORIES = "space:///management/v1/memories/";
    private static final String TEMPLATE = MEMORIES + "{memory_id}";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Caller user = space.as(stage.fixtures().user(org));

    private static List<String> uris(McpClient client, String method, String list, String member) {
        List<String> uris = new ArrayList<>();
        client.result(method, Json.MAPPER.createObjectNode())
                .path(list)
                .forEach(one -> uris.add(one.path(member).asText()));
        return uris;
    }

    private static List<String> resources(McpClient client) {
        return uris(client, "resources/list", "resources", "uri");
    }

    private static List<String> templates(McpClient client) {
        return uris(client, "resources/templates/list", "resourceTemplates", "uriTemplate");
    }

    private static List<String> prompts(McpClient client) {
        return uris(client, "prompts/list", "prompts", "name");
    }

    private static ObjectNode named(String member, String value) {
        return Json.MAPPER.createObjectNode().put(member, value);
    }

    private static List<String> completed(
            McpClient client, String type, String member, String of, String name, String to) {
        ObjectNode params = Json.MAPPER.createObjectNode();
        params.putObject("ref").put("type", type).put(member, of);
        params.putObject("argument").put("name", name).put("value", to);
        List<String> values = new ArrayList<>();
        client.result("completion/complete", params)
                .at("/completion/values")
                .forEach(value -> values.add(value.asText()));
        return values;
    }

    private static void assertRefused(Answer answer, int code) {
        assertThat(answer.status()).isBetween(200, 499);
        assertThat(answer.json().at("/error/code").asInt()).as("%s", answer).isEqualTo(code);
        assertThat(answer.json().at("/error/message").asText()).isNotBlank().doesNotContain("Exception", "java.");
    }

    @ParameterizedTest
    @EnumSource
    void aResourceIsFoundAndRead(McpIT.Revision revision) {
        McpClient client = revision.client(user);
        assertThat(resources(client))
                .contains("space:///api/openapi", "space:///api/plugins", "space:///api/system/workflows")
                .doesNotContain("space:///api/control-center/catalog");
        assertThat(resources(revision.client(admin))).contains("space:///api/control-center/catalog");

        JsonNode document = client.result("resources/read", named("uri", "space:///api/openapi"))
                .at("/contents/0");
        assertThat(document.path("uri").asText()).isEqualTo("space:///api/openapi");
        assertThat(document.path("mimeType").asText()).isEqualTo("application/json");
        assertThat(Json.read(document.path("text").asText()).path("openapi").asText())
                .startsWith("3.1");
        assertThat(client.result("resources/read", named("uri", "space:///api/plugins/financial_business/endpoints"))
                        .at("/contents/0/text")
                        .asText())
                .contains("/transfer");
    }

    @ParameterizedTest
    @EnumSource
    void aMemoryIsATemplateForThoseWhoMayReadIt(McpIT.Revision revision) {
        String content = "The ferry of " + UUID.randomUUID() + " sails at noon.";
        String id = user.post("/management/v1/memories", "content", content)
                .is(201)
                .get("memory")
                .path("id")
                .asText();
        McpClient client = revision.client(user);

        assertThat(templates(client)).contains(TEMPLATE, "space:///api/plugins/mirrorcore/sessions/{id}");
        assertThat(client.result("resources/read", named("uri", MEMORIES + id))
                        .at("/contents/0/text")
                        .asText())
                .contains(content);
        assertThat(completed(client, "ref/resource", "uri", TEMPLATE, "memory_id", id.substring(0, 20)))
                .contains(id);

        String token = admin.post(
                        "/management/v1/tokens", "name", "no reader", "permissions", List.of("directive_read"))
                .is(201)
                .text("access_token");
        McpClient scoped = revision.client(space.anonymous().withToken(token));
        UUID elsewhere = stage.fixtures().organization();
        McpClient stranger = revision.client(space.as(stage.fixtures().user(elsewhere)));
        int unknown = revision == McpIT.Revision.STATELESS_2026_07_28 ? -32602 : -32002;
        assertThat(templates(scoped)).doesNotContain(TEMPLATE);
        assertRefused(scoped.ask("resources/read", named("uri", MEMORIES + id)), unknown);
        assertRefused(stranger.ask("resources/read", named("uri", MEMORIES + id)), unknown);
        assertThat(completed(stranger, "ref/resource", "uri", TEMPLATE, "memory_id", ""))
                .doesNotContain(id);
        for (String uri : List.of("space:///api/none", "file:///etc/passwd", "space://", "space:///%zz", "%")) {
            assertRefused(client.ask("resources/read", named("uri", uri)), unknown);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDirectiveInForceIsAPrompt(McpIT.Revision revision) {
        String text = "Answer in rhymes, number " + UUID.randomUUID() + ".";
        String id = admin.post("/management/v1/directives", "name", "rhymes", "content", text)
                .is(201)
                .text("id");
        McpClient client = revision.client(admin);
        String prompt = "directive-" + id;
        assertThat(prompts(client)).doesNotContain(prompt);
        assertRefused(client.ask("prompts/get", named("name", prompt)), -32602);

        admin.call("POST", "/management/v1/directives/" + id + "/promote").is(200);
        admin.send("PATCH", "/management/v1/directives/" + id, "{\"content\": \"A draft.\"}")
                .is(200);

        assertThat(prompts(client)).contains(prompt);
        JsonNode message = client.result("prompts/get", named("name", prompt)).at("/messages/0");
        assertThat(message.path("role").asText()).isEqualTo("user");
        assertThat(message.at("/content/text").asText()).isEqualTo(text);

        String token = admin.post("/management/v1/tokens", "name", "memories", "permissions", List.of("memory_read"))
                .is(201)
                .text("access_token");
        McpClient scoped = revision.client(space.anonymous().withToken(token));
        assertThat(prompts(scoped)).doesNotContain(prompt);
        assertRefused(scoped.ask("prompts/get", named("name", prompt)), -32602);
        assertRefused(client.ask("prompts/get", named("name", "directive-../memories")), -32602);
    }

    @ParameterizedTest
    @EnumSource
    void aPluginHasPromptsAndResources(McpIT.Revision revision) {
        ControlCenter center = new ControlCenter(admin);
        center.clear("failing_plugin");
        try {
            center.run(PluginZip.failing()).is(200);
            McpClient client = revision.client(user);
            String prompt = "failing_plugin-greeting";
            Patience.within(java.time.Duration.ofSeconds(10), () -> assertThat(prompts(client))
                    .contains(prompt));

            ObjectNode friendly = named("name", prompt);
            friendly.putObject("arguments").put("tone", "friendly");
            assertThat(client.result("prompts/get", friendly)
                            .at("/messages/0/content/text")
                            .asText())
                    .isEqualTo("Write a friendly greeting.");
            assertRefused(client.ask("prompts/get", named("name", prompt)), -32602);
            assertThat(completed(client, "ref/prompt", "name", prompt, "tone", "f"))
                    .containsExactly("formal", "friendly");
            assertThat(client.result(
                                    "resources/read",
                                    named("uri", "space:///api/plugins/failing_plugin/greetings/formal"))
                            .at("/contents/0/text")
                            .asText())
                    .isEqualTo("Write a formal greeting.");

            center.disable("failing_plugin").is(200);

            assertThat(prompts(client)).doesNotContain(prompt);
            assertRefused(client.ask("prompts/get", friendly), -32602);
        } finally {
            center.clear("failing_plugin");
        }
    }
}
