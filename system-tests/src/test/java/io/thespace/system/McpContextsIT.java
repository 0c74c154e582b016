package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contexts: parts that calls of tools share. */
class McpContextsIT {

    private static final String PATH = "/api/mcp/contexts";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller user = space.as(stage.fixtures().user(org));

    private static Map<String, Object> part(String name, Object data) {
        return Map.of("name", name, "data", data);
    }

    private Answer create(Object... parts) {
        return user.post(PATH, "parts", List.of(parts));
    }

    private static Answer put(Caller caller, String id, Object parts) {
        return caller.send("PUT", PATH + "/" + id, Json.object("parts", parts));
    }

    @Test
    void aContextIsKeptChangedAndDeleted() {
        Caller user = space.as(stage.fixtures().user(org));
        List<Map<String, Object>> three = List.of(
                part("query", "morning call"),
                Map.of("name", "note", "media_type", "text/markdown", "data", "# Note"),
                Map.of("name", "filter", "data", Map.of("left", 3), "schema", Map.of("type", "object")));
        Answer created = user.post(PATH, "parts", three).is(201);
        String id = created.text("context_id");
        String tag = created.header("ETag").orElseThrow();

        Answer read = user.get(PATH + "/" + id).is(200);
        assertThat(read.header("ETag")).contains(tag);
        assertThat(read.get("parts")).hasSize(3);
        assertThat(read.json().at("/parts/0/media_type").asText()).isEqualTo("application/json");
        assertThat(read.json().at("/parts/2/data/left").asInt()).isEqualTo(3);
        assertThat(Instant.parse(read.text("expires_at")))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));

        List<Map<String, Object>> parts = List.of(part("query", "evening call"));
        put(user, id, parts).refused(400);
        Answer changed = put(user.with("If-Match", tag), id, parts).is(200);
        assertThat(changed.header("ETag").orElseThrow()).isNotEqualTo(tag);
        put(user.with("If-Match", tag), id, parts).refused(412);
        user.with("If-Match", tag).call("DELETE", PATH + "/" + id).refused(412);

        assertThat(user.get(PATH).is(200).json().at("/items/0/part_names").toString())
                .isEqualTo("[\"query\"]");
        user.call("DELETE", PATH + "/" + id).is(204);
        user.get(PATH + "/" + id).refused(404);
        assertThat(user.get(PATH).is(200).get("items")).isEmpty();
    }

    @Test
    void aContextBelongsToItsUser() {
        String id = create(part("query", "mine")).is(201).text("context_id");
        for (Caller other : List.of(
                space.as(stage.fixtures().admin(org)),
                space.as(stage.fixtures().user(stage.fixtures().organization())))) {
            other.get(PATH + "/" + id).refused(404);
            other.call("DELETE", PATH + "/" + id).refused(404);
            put(other.with("If-Match", "*"), id, List.of(part("query", "theirs")))
                    .refused(404);
            assertThat(other.get(PATH).is(200).body()).doesNotContain(id);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"parts\": []}",
                "{\"parts\": [{\"name\": \"a b\", \"data\": 1}]}",
                "{\"parts\": [{\"name\": \"a\"}]}",
                "{\"parts\": [{\"name\": \"a\", \"data\": 1}, {\"name\": \"a\", \"data\": 2}]}",
                "{\"parts\": [{\"name\": \"a\", \"media_type\": \"text/plain\", \"data\": 1}]}",
                "{\"parts\": [{\"name\": \"a\", \"data\": 1, \"schema\": {\"type\": \"string\"}}]}",
                "{\"parts\": [{\"name\": \"a\", \"data\": {\"b\": 1}, \"schema\": {\"properties\": {\"b\": {\"type\": \"string\"}}}}]}",
                "{\"parts\": [{\"name\": \"a\", \"data\": 1, \"schema\": {\"$ref\": \"http://127.0.0.1:9/schema\"}}]}",
                "{\"parts\": [{\"name\": \"a\", \"data\": 1, \"schema\": {\"allOf\": [{\"$ref\": \"#\"}]}}]}",
                "{\"parts\": [{\"name\": \"a\", \"data\": \"aaaa\", \"schema\": {\"pattern\": \"(a+)+$\"}}]}",
                "{\"parts\": [{\"name\": \"a\", \"data\": 1, \"schema\": {\"type\": 7}}]}",
                "{\"parts\": [{\"name\": \"a\", \"data\": 1, \"schema\": {\"$schema\": \"http://127.0.0.1:9/draft\"}}]}",
                "{\"parts\": [{\"name\": \"a\", \"data\": 1}], \"expires_at\": \"2020-01-01T00:00:00Z\"}",
                "{\"parts\": [{\"name\": \"a\", \"data\": 1}], \"expires_at\": \"2999-01-01T00:00:00Z\"}",
            })
    void whatCannotBeUsedIsRefused(String body) {
        user.send("POST", PATH, body).refused(400);
    }

    @Test
    void sizesAreBounded() {
        Caller other = space.as(stage.fixtures().user(org));
        other.post(PATH, "parts", List.of(part("a", "x".repeat(262_200)))).refused(413);
        other.post(
                        PATH,
                        "parts",
                        IntStream.range(0, 33).mapToObj(n -> part("p" + n, n)).toList())
                .refused(400);
        for (int number = 0; number < 100; number++) {
            other.post(PATH, "parts", List.of(part("a", number))).is(201);
        }
        other.post(PATH, "parts", List.of(part("a", 1))).refused(409);
    }

    @Test
    void dataRequestsExportAndEraseContexts() {
        Person person = stage.fixtures().user(org);
        Caller owner = space.as(stage.fixtures().member(org, "owner"));
        space.as(person).post(PATH, "parts", List.of(part("note", "Theirs."))).is(201);

        assertThat(treated(owner, "access", person)).isEqualTo(1);
        assertThat(treated(owner, "erasure", person)).isEqualTo(1);

        assertThat(stage.database().query("select id from core.mcp_contexts where user_id = ?", person.id()))
                .isEmpty();
    }

    /** How many contexts a data request about a person treated. */
    private static int treated(Caller owner, String kind, Person person) {
        String requests = "/management/v1/data-requests";
        String id = owner.post(requests, "kind", kind, "user_id", person.id())
                .is(201)
                .text("id");
        Patience.within(Duration.ofSeconds(30), () -> assertThat(
                        owner.get(requests + "/" + id).is(200).text("state"))
                .isEqualTo("completed"));
        for (JsonNode store : owner.get(requests + "/" + id).json().path("stores")) {
            if (store.path("store").asText().equals("core.mcp_contexts")) {
                return store.path("treated").asInt();
            }
        }
        return 0;
    }

    @Test
    void anExpiredContextIsGone() {
        String id = user.post(
                        PATH,
                        "parts",
                        List.of(part("a", 1)),
                        "expires_at",
                        Instant.now().plusSeconds(15).toString())
                .is(201)
                .text("context_id");
        Patience.within(Duration.ofSeconds(60), () -> user.get(PATH + "/" + id).refused(404));
    }

    @ParameterizedTest
    @EnumSource
    void aContextBringsArguments(McpIT.Revision revision) {
        String content = "The pier of " + UUID.randomUUID() + " is closed.";
        String id =
                create(part("content", content), part("colour", "red")).is(201).text("context_id");
        McpClient client = revision.client(user);

        JsonNode added = called(client, "memory_add", id).path("structuredContent");
        assertThat(added.at("/memory/content").asText()).isEqualTo(content);
        Answer other = user.post(
                        "/api/mcp/tools/memory_add/invoke",
                        "context_id",
                        id,
                        "arguments",
                        Map.of("content", "Said in the call."))
                .is(200);
        assertThat(other.json().at("/structured/memory/content").asText()).isEqualTo("Said in the call.");
        user.post("/api/mcp/tools/memory_add/invoke", "context_id", UUID.randomUUID())
                .refused(404);
        assertThat(client.result(
                                "resources/read",
                                Json.MAPPER.createObjectNode().put("uri", "space://" + PATH + "/" + id))
                        .at("/contents/0/text")
                        .asText())
                .contains(content);
    }

    private static JsonNode called(McpClient client, String tool, String context) {
        ObjectNode params = Json.MAPPER.createObjectNode().put("name", tool);
        params.putObject("arguments");
        params.putObject("_meta").put("io.thespace/context-id", context);
        return client.result("tools/call", params);
    }
}
