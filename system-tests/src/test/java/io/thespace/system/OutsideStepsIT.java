package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps of workflows that send HTTP requests or ask language models. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD) // an organization for each
class OutsideStepsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Upstream upstream;

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Caller user = space.as(stage.fixtures().user(org));
    private final String prefix = "/w" + UUID.randomUUID().toString().replace("-", "");

    @BeforeAll
    static void start() throws IOException {
        upstream = new Upstream();
    }

    @AfterAll
    static void stop() throws IOException {
        upstream.close();
    }

    private void route(Object... more) {
        Object[] members = {"prefix", prefix, "upstreams", List.of(Map.of("url", upstream.url()))};
        admin.post("/api/control-center/gateway/routes", both(members, more)).is(201);
    }

    private static Object[] both(Object[] first, Object[] second) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    /** What a run comes to whose one step is this. */
    private JsonNode run(Caller caller, String step, String input, String state) {
        String document =
                """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:space="https://thespace.io/bpmn/1.0"
                    targetNamespace="https://example.org/workflows"><error id="refused" errorCode="HTTP_REFUSED"/>
                  <process id="outside" isExecutable="true"><startEvent id="start"/>
                  <sequenceFlow id="f1" sourceRef="start" targetRef="step"/>
                  <serviceTask id="step"><extensionElements>%s</extensionElements></serviceTask>
                  <boundaryEvent id="caught" attachedToRef="step"><errorEventDefinition errorRef="refused"/></boundaryEvent>
                  <sequenceFlow id="f2" sourceRef="step" targetRef="end"/><endEvent id="end"/>
                  <sequenceFlow id="f3" sourceRef="caught" targetRef="refused_end"/><endEvent id="refused_end"/>
                  </process></definitions>
                """
                        .formatted(step);
        admin.post("/api/system/workflows", "source", document).is(201);
        String run = caller.send("POST", "/api/system/workflows/outside/runs", "{\"input\": %s}".formatted(input))
                .is(202)
                .text("run_id");
        JsonNode[] seen = new JsonNode[1];
        Patience.within(LIMIT, () -> {
            seen[0] = admin.get("/api/system/runs/" + run).is(200).json();
            assertThat(seen[0].path("state").asText()).as("%s", seen[0]).isEqualTo(state);
        });
        return seen[0];
    }

    private String get(String path) {
        return "<space:http method='GET'/><space:path>\"%s%s\"</space:path><space:retry attempts='2' wait='PT1S'/>"
                .formatted(prefix, path);
    }

    @Test
    void aRequestGoesByARoute() {
        route();
        JsonNode done = run(
                user,
                "<space:http method='POST'/><space:path>\"%s/told/\" + (.input.name | @uri) + \"?a=1\"</space:path><space:input>{amount: .input.amount}</space:input>"
                        .formatted(prefix),
                "{\"name\": \"a b\u00e9\", \"amount\": 12.5}",
                "completed");

        assertThat(done.at("/output/step/status").asInt()).isEqualTo(200);
        assertThat(done.at("/output/step/body").asText().lines())
                .contains("POST /base/told/a%20b%C3%A9?a=1", "Content-type: application/json", "{\"amount\":12.5}")
                .anyMatch(line -> line.startsWith("Idempotency-key: run-"))
                .noneMatch(line -> line.startsWith("Authorization: Bearer " + user.token()));
    }

    @Test
    void aRefusalCanBeCaught() {
        route();
        JsonNode done = run(user, get("/empty/404"), "{}", "completed");

        assertThat(done.path("output").has("step")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/empty/503, HTTP_FAILED",
        "/big, HTTP_ANSWER_TOO_LARGE",
        "/../told, INVALID_PATH",
        "/told?a=\u00e9, STEP_INPUT_INVALID"
    })
    void aFailureTellsWhy(String path, String code) {
        route();

        assertThat(run(user, get(path), "{}", "failed").path("cause").asText()).startsWith(code);
    }

    @Test
    void thereMustBeARoute() {
        assertThat(run(user, get("/told"), "{}", "failed").path("cause").asText())
                .startsWith("NO_ROUTE");
    }

    @Test
    void theRoutesRoleHolds() {
        route("roles", List.of("admin"));

        assertThat(run(user, get("/told"), "{}", "failed").path("cause").asText())
                .startsWith("ROLE_NOT_ROUTED");
    }

    @Test
    void aModelIsAsked() {
        String name = "m" + UUID.randomUUID().toString().replace("-", "");
        admin.post(
                        "/api/control-center/gateway/models",
                        "name",
                        name,
                        "base_url",
                        upstream.url(),
                        "upstream_model",
                        "tiny",
                        "api_key",
                        "sk-test")
                .is(201);
        try {
            JsonNode done = run(
                    user,
                    "<space:model/><space:input>{model: .input.model, prompt: .input.text}</space:input>",
                    "{\"model\": \"%s\", \"text\": \"hello\"}".formatted(name),
                    "completed");
            assertThat(done.at("/output/step/result").asText()).isEqualTo("You said hello");
        } finally {
            admin.call("DELETE", "/api/control-center/gateway/models/" + name).is(204);
        }
    }

    @Test
    void aQuestionThatIsNoneFails() {
        assertThat(run(user, "<space:model/><space:input>{prompt: \"hello\"}</space:input>", "{}", "failed")
                        .path("cause")
                        .asText())
                .startsWith("STEP_INPUT_INVALID")
                .contains("model");
    }
}
