package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ONNX models in the server's own process: uploaded, listed, asked and removed like any other model. */
class OnnxModelsIT {

    private static final String PATH = "/api/mcp/models";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Caller user = space.as(stage.fixtures().user(org));
    private final List<String> added = new ArrayList<>();

    /** As {@code OnnxModels} of the core's tests encodes it. */
    static byte[] model(String file) throws IOException {
        return Files.readAllBytes(
                Path.of(System.getProperty("space.root"), "ejb-core/src/test/resources/io/thespace/onnx", file));
    }

    private String add(String file, String... more) throws IOException {
        String name = "onnx-" + UUID.randomUUID();
        List<String> fields = new ArrayList<>(List.of("name", name, "kind", "onnx"));
        fields.addAll(List.of(more));
        new FormData(fields.toArray(String[]::new))
                .file(file, model(file))
                .post(admin, PATH)
                .is(201);
        added.add(name);
        return name;
    }

    private Answer refused(String file, byte[] content) throws IOException {
        return new FormData("name", "refused-" + UUID.randomUUID(), "kind", "onnx")
                .file(file, content)
                .post(admin, PATH);
    }

    @AfterEach
    void remove() {
        added.forEach(name -> admin.call("DELETE", PATH + "/" + name).is(204));
        added.clear();
    }

    @Test
    void anUploadedModelPredicts() throws IOException {
        String name = add("linear.onnx", "roles", "user", "requests_per_minute", "1000");

        JsonNode listed = user.get(PATH + "/" + name).is(200).json();
        assertThat(listed.path("kind").asText()).isEqualTo("onnx");
        assertThat(listed.path("inputs").toString())
                .isEqualTo("[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,2],\"required\":true}]");
        JsonNode kept =
                admin.get("/api/control-center/gateway/models/" + name).is(200).json();
        assertThat(kept.at("/file/bytes").asInt()).isEqualTo(model("linear.onnx").length);
        assertThat(kept.at("/file/sha256").asText()).hasSize(64);
        assertThat(kept.path("requests_per_minute").asInt()).isEqualTo(1000);

        Answer answer = user.post(
                        PATH + "/" + name + "/predict",
                        "inputs",
                        Map.of("x", List.of(List.of(1, 0), List.of(1, 1), List.of(0.5, 0))))
                .is(200);
        assertThat(answer.json().at("/outputs/y").toString()).isEqualTo("[[1.5,1.5],[4.5,5.5],[1.0,0.5]]");
        assertThat(answer.text("model")).isEqualTo(name);
    }

    @Test
    void theOpenInferenceProtocolHasItToo() throws IOException {
        String name = add("linear.onnx");
        JsonNode metadata = user.get("/api/mcp/v2/models/" + name).is(200).json();
        assertThat(metadata.path("platform").asText()).isEqualTo("onnx_onnxruntime");
        assertThat(metadata.at("/outputs/0/name").asText()).isEqualTo("y");

        Answer answer = infer(
                        name, Map.of("name", "x", "shape", List.of(1, 2), "datatype", "FP32", "data", List.of(1, 1)))
                .is(200);
        assertThat(answer.text("id")).isEqualTo("42");
        assertThat(answer.get("outputs").toString())
                .isEqualTo("[{\"name\":\"y\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[4.5,5.5]}]");

        String texts = add("texts.onnx");
        assertThat(infer(
                                texts,
                                Map.of(
                                        "name",
                                        "in",
                                        "shape",
                                        List.of(2),
                                        "datatype",
                                        "BYTES",
                                        "data",
                                        List.of("a", "ü")))
                        .is(200)
                        .json()
                        .at("/outputs/0/data")
                        .toString())
                .isEqualTo("[\"a\",\"ü\"]");
    }

    @Test
    void parametersAndRequestedOutputsOfTheProtocolAreAccepted() throws IOException {
        String name = add("linear.onnx");
        String tensor = "{\"name\": \"x\", \"shape\": [1, 2], \"datatype\": \"FP32\", \"data\": [1, 1],"
                + " \"parameters\": {\"content_type\": \"np\"}}";
        String request = "{\"inputs\": [%s], \"parameters\": {\"priority\": 1}, \"outputs\": [{\"name\": \"%s\","
                + " \"parameters\": {\"classification\": 2}}]}";
        String path = "/api/mcp/v2/models/" + name + "/infer";

        assertThat(user.send("POST", path, request.formatted(tensor, "y"))
                        .is(200)
                        .get("outputs"))
                .hasSize(1);
        user.send("POST", path, request.formatted(tensor, "z")).refusedFor(400, "outputs[0].name");
        assertThat(user.send("POST", path, "{\"inputs\": [%s], \"outputs\": []}".formatted(tensor))
                        .is(200)
                        .get("outputs"))
                .hasSize(1);
    }

    private Answer infer(String name, Map<String, Object> tensor) {
        return user.post("/api/mcp/v2/models/" + name + "/infer", "id", "42", "inputs", List.of(tensor));
    }

    @Test
    void aBadInputIsNamed() throws IOException {
        String name = add("linear.onnx");
        String predict = PATH + "/" + name + "/predict";
        user.post(predict, "inputs", Map.of()).refusedFor(400, "inputs.x");
        user.post(predict, "inputs", Map.of("x", List.of(1, 2))).refusedFor(400, "inputs.x");
        user.post(predict, "inputs", Map.of("x", List.of(List.of(1, 2, 3)))).refusedFor(400, "inputs.x");
        user.post(predict, "inputs", Map.of("x", List.of(List.of(1, 2), List.of(1))))
                .refusedFor(400, "inputs.x");
        user.post(predict, "inputs", Map.of("x", List.of())).refusedFor(400, "inputs.x");
        String says = user.post(predict, "inputs", Map.of("x", List.of(List.of(1, "two"))))
                .refusedFor(400, "inputs.x");
        assertThat(says).contains("element at 1");
        user.post(predict, "inputs", Map.of("x", List.of(List.of(1, 1e300)))).refusedFor(400, "inputs.x");
        user.post(predict, "inputs", Map.of("x", List.of(List.of(1, 2)), "z", 1))
                .refusedFor(400, "inputs.z");
        infer(name, Map.of("name", "x", "shape", List.of(1, 2), "datatype", "FP64", "data", List.of(1, 1)))
                .refusedFor(400, "inputs[0].datatype");
        infer(name, Map.of("name", "x", "shape", List.of(3, 2), "datatype", "FP32", "data", List.of(1, 1)))
                .refusedFor(400, "inputs[0].data");
        infer(name, Map.of("name", "x", "shape", List.of(2, 1), "datatype", "FP32", "data", List.of(1, 1)))
                .refusedFor(400, "inputs[0].shape");
        user.post("/api/v1/gateway/llm/generate", "model", name, "prompt", "x").refused(400);
    }

    @Test
    void aRunThatTakesTooLongOrTooMuchIsRefused() throws IOException {
        String loop = add("loop.onnx", "total_millis", "300");
        for (int i = 0; i < 4; i++) {
            String says = user.post(PATH + "/" + loop + "/predict", "inputs", Map.of("n", 9_000_000_000_000L, "v", 0))
                    .refused(504);
            assertThat(says).contains("300 ms");
        }
        assertThat(user.post(PATH + "/" + loop + "/predict", "inputs", Map.of("n", 3, "v", 0.5))
                        .is(200)
                        .json()
                        .at("/outputs/last/0")
                        .asDouble())
                .isEqualTo(3.5);

        String large = add("large.onnx");
        user.post(PATH + "/" + large + "/predict", "inputs", Map.of("n", List.of(1_000_001)))
                .refused(400);
    }

    @Test
    void aFileThatIsNotRunIsRefused() throws IOException {
        assertThat(refused("external.onnx", model("external.onnx")).refused(400))
                .contains("other files");
        assertThat(refused("custom.onnx", model("custom.onnx")).refused(400)).contains("Frobnicate");
        assertThat(refused("page.html", "<html></html>".getBytes(StandardCharsets.UTF_8))
                        .refused(400))
                .contains("not an ONNX model");
        refused("empty.onnx", new byte[0]).refused(400);
        admin.post(PATH, "name", "no-file", "kind", "onnx").refusedFor(400, "file");
        new FormData("name", "with-a-server", "kind", "onnx", "base_url", "https://models.example.org/v1")
                .file("linear.onnx", model("linear.onnx"))
                .post(admin, PATH)
                .refusedFor(400, "base_url");
        new FormData("name", "not-allowed", "kind", "onnx")
                .file("linear.onnx", model("linear.onnx"))
                .post(user, PATH)
                .refused(403);
    }

    @Test
    void aModelThatWasRemovedIsGone() throws IOException {
        String name = add("linear.onnx");
        Map<String, Object> inputs = Map.of("x", List.of(List.of(1, 0)));
        user.post(PATH + "/" + name + "/predict", "inputs", inputs).is(200);
        admin.call("DELETE", PATH + "/" + name).is(204);
        added.remove(name);
        user.post(PATH + "/" + name + "/predict", "inputs", inputs).refused(404);
        assertThat(stage.database().count("select count(*) from core.gateway_model_files where model = ?", name))
                .isZero();
    }
}
