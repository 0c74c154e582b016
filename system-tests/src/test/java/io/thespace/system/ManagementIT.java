package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The management API's manners: who is let in, and how it refuses, also where the server itself does. */
class ManagementIT {

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller nobody = space.anonymous();
    private final Caller somebody = space.as(stage.fixtures().user(org));

    static java.util.List<Operation> everyOperation() {
        return Operation.of(Stage.shared()
                .space()
                .anonymous()
                .get("/management/openapi")
                .is(200)
                .json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/management/docs", "/management/openapi", "/management/health", "/management/ready"})
    void whatIsPublicIs(String path) {
        nobody.get(path).is(200).hasManners();
    }

    @ParameterizedTest
    @MethodSource("everyOperation")
    void withoutATokenNothingElseAnswers(Operation operation) {
        if (operation.leastRole().isEmpty()) {
            assertThat(operation.path())
                    .matches("/management/(docs(/\\{file})?|openapi(\\.json|\\.yaml)?|health|ready)");
            return;
        }
        operation.callBadly(nobody).refused(401, "MISSING_TOKEN");
        operation.callBadly(nobody.withToken("nonsense")).refused(401, "INVALID_TOKEN");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /management/v1/nothing, 404, NOT_FOUND",
        "DELETE, /management/health, 405, METHOD_NOT_ALLOWED",
        "PROPFIND, /management/health, 405, METHOD_NOT_ALLOWED",
    })
    void refusalsHaveTheEnvelope(String method, String path, int status, String code) {
        somebody.call(method, path).refused(status, code);
    }

    @Test
    void problemDetailsCarryTheCode() {
        Answer answer = somebody.with("Accept", "application/problem+json")
                .get("/management/v1/nothing")
                .is(404);

        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.text("code")).isEqualTo("NOT_FOUND");
        assertThat(answer.text("title")).isEqualTo("Not Found");
        assertThat(answer.text("request_id"))
                .isEqualTo(answer.header("X-Request-ID").orElse("none"));
    }

    @Test
    void theRequestIdIsTheCallers() {
        Answer answer = somebody.with("X-Request-ID", "mine-1").get("/management/v1/nothing");

        answer.refused(404);
        assertThat(answer.header("X-Request-ID")).contains("mine-1");
    }
}
