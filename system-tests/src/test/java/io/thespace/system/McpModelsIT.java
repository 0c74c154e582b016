package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Models behind one shape of prediction. */
class McpModelsIT {

    private static final String PATH = "/api/mcp/models";

    private static Upstream upstream;

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Caller user = space.as(stage.fixtures().user(org));
    private final String chat = "chat-" + UUID.randomUUID();
    private final String embeddings = "embeddings-" + UUID.randomUUID();

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
        register("name", chat);
        register("name", embeddings, "kind", "embeddings");
    }

    private void register(Object... members) {
        List<Object> all = new java.util.ArrayList<>(
                List.of("base_url", upstream.url(), "upstream_model", "x", "api_key", "sk-test"));
        all.addAll(List.of(members));
        Answer made = admin.post(PATH, all.toArray()).is(201);
        assertThat(made.body()).doesNotContain("sk-test");
    }

    @AfterEach
    void remove() {
        admin.call("DELETE", PATH + "/" + chat).is(204);
        admin.call("DELETE", PATH + "/" + embeddings).is(204);
    }

    @Test
    void thereIsOneRegistry() {
        assertThat(user.get(PATH).is(200).json())
                .extracting(model -> model.path("name").asText())
                .contains(chat, embeddings);
        assertThat(user.get(PATH).body()).doesNotContain(upstream.url());
        JsonNode model = user.get(PATH + "/" + embeddings).is(200).json();
        assertThat(model.path("kind").asText()).isEqualTo("embeddings");
        assertThat(model.at("/inputs/0/name").asText()).isEqualTo("texts");
        assertThat(admin.get("/api/control-center/gateway/models/" + chat)
                        .is(200)
                        .text("kind"))
                .isEqualTo("chat");
        user.post(PATH, "name", "mine", "base_url", upstream.url(), "upstream_model", "x")
                .refused(403);
        user.call("DELETE", PATH + "/" + chat).refused(403);
        admin.post(PATH, "name", chat, "base_url", upstream.url(), "upstream_model", "x")
                .refused(409);
        admin.send(
                        "PUT",
                        "/api/control-center/gateway/models/" + chat,
                        Json.object(
                                "name", chat, "base_url", upstream.url(), "upstream_model", "x", "kind", "embeddings"))
                .refusedFor(400, "kind");
        admin.post(PATH, "name", "m", "base_url", upstream.url(), "upstream_model", "x", "fallback", embeddings)
                .refusedFor(400, "fallback");
    }

    @Test
    void aChatModelPredicts() {
        Answer answer = user.post(
                        PATH + "/" + chat + "/predict", "inputs", Map.of("prompt", "hello", "temperature", 0.5))
                .is(200);
        assertThat(answer.json().at("/outputs/result").asText()).isEqualTo("You said hello");
        assertThat(answer.text("model")).isEqualTo(chat);
        assertThat(answer.json().at("/usage/output_tokens").asInt()).isEqualTo(3);

        Answer tensors = user.post(
                        "/api/mcp/v2/models/" + chat + "/infer",
                        "id",
                        "7",
                        "inputs",
                        List.of(Map.of(
                                "name", "prompt", "shape", List.of(1), "datatype", "BYTES", "data", List.of("hi"))))
                .is(200);
        assertThat(tensors.text("id")).isEqualTo("7");
        assertThat(tensors.get("outputs").toString())
                .isEqualTo("[{\"name\":\"result\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"You said hi\"]}]");
    }

    @Test
    void anEmbeddingsModelPredicts() {
        Answer answer = user.post(
                        PATH + "/" + embeddings + "/predict", "inputs", Map.of("texts", List.of("four", "a", "three")))
                .is(200);
        assertThat(answer.json().at("/outputs/embeddings").toString()).isEqualTo("[[4,0.5,-1],[1,0.5,-1],[5,0.5,-1]]");
        assertThat(answer.json().at("/usage/input_tokens").asInt()).isEqualTo(9);

        Answer tensors = user.post(
                        "/api/mcp/v2/models/" + embeddings + "/infer",
                        "inputs",
                        List.of(Map.of(
                                "name",
                                "texts",
                                "shape",
                                List.of(2),
                                "datatype",
                                "BYTES",
                                "data",
                                List.of("a", "four"))))
                .is(200);
        assertThat(tensors.json().at("/outputs/0/shape").toString()).isEqualTo("[2,3]");
        assertThat(tensors.json().at("/outputs/0/data").toString()).isEqualTo("[1,0.5,-1,4,0.5,-1]");
    }

    @Test
    void whatAModelCannotTakeIsRefused() {
        String predict = PATH + "/" + chat + "/predict";
        user.post(predict, "inputs", Map.of()).refusedFor(400, "inputs.prompt");
        user.post(predict, "inputs", Map.of("prompt", 7)).refusedFor(400, "inputs.prompt");
        user.post(predict, "inputs", Map.of("prompt", "x", "colour", "red")).refusedFor(400, "inputs.colour");
        user.post(predict, "inputs", Map.of("prompt", "x", "temperature", 3)).refusedFor(400, "inputs.temperature");
        user.post(predict, "inputs", Map.of("prompt", "x", "max_tokens", 1.5)).refusedFor(400, "inputs.max_tokens");
        user.post(PATH + "/" + embeddings + "/predict", "inputs", Map.of("texts", List.of()))
                .refusedFor(400, "inputs.texts");
        user.post(PATH + "/none/predict", "inputs", Map.of("prompt", "x")).refused(404);
        String infer = "/api/mcp/v2/models/" + embeddings + "/infer";
        for (Map<String, Object> tensor : List.<Map<String, Object>>of(
                Map.of("name", "texts", "shape", List.of(3), "datatype", "BYTES", "data", List.of("a")),
                Map.of("name", "texts", "shape", List.of(1), "datatype", "FP32", "data", List.of(1)),
                Map.of("name", "prompt", "shape", List.of(1), "datatype", "BYTES", "data", List.of("a")),
                Map.of(
                        "name",
                        "texts",
                        "shape",
                        List.of(1_000_000_000, 1_000_000_000, 1_000_000_000),
                        "datatype",
                        "BYTES",
                        "data",
                        List.of()))) {
            user.post(infer, "inputs", List.of(tensor)).refused(400);
        }
        user.post("/api/v1/gateway/llm/generate", "model", embeddings, "prompt", "x")
                .refused(400);
    }

    @Test
    void aServerThatFailsCostsItsOwnCalls() {
        String broken = "broken-" + UUID.randomUUID();
        admin.post(PATH, "name", broken, "kind", "embeddings", "base_url", upstream.url(), "upstream_model", "x")
                .is(201);
        try {
            String told = user.post(PATH + "/" + broken + "/predict", "inputs", Map.of("texts", "a"))
                    .refused(503);
            assertThat(told).contains("401");
        } finally {
            admin.call("DELETE", PATH + "/" + broken).is(204);
        }
    }
}
