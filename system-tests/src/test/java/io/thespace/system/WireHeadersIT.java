package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content negotiation, and the headers of each response. */
class WireHeadersIT {

    private static final String TRANSFER = Business.PATH + "/transfer";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller user = space.as(stage.fixtures().user(org));
    private final Caller nobody = space.anonymous();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/xml",
                "image/*",
                "application/json;q=0",
                "text/html, application/json;q=0"
            })
    void notAcceptable(String accept) {
        user.with("Accept", accept).get("/api/auth/me").refused(406);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*/*", "application/*", "application/json", "text/html, */*;q=0.1", "application/json;q=0.1"})
    void acceptable(String accept) {
        user.with("Accept", accept).get("/api/auth/me").is(200);
    }

    /** A browser that follows a link to nowhere gets an answer that it can show, and no page. */
    @Test
    void errorsComeAsJsonWhateverIsAccepted() {
        user.with("Accept", "text/html").get("/api/nothing").refused(404);
        user.with("Accept", "text/html").get("/nothing").refused(404);
        nobody.with("Accept", "text/html").get("/api/auth/me").refused(401);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/nothing, 404, Not Found",
        "/nothing, 404, Not Found",
        "/api/auth/login, 405, Method Not Allowed",
        "/api/control-center/events, 403, Forbidden",
    })
    void problemDetailsForWhoPrefersThem(String path, int status, String title) {
        Answer answer = user.with("Accept", "application/problem+json, application/json;q=0.5")
                .get(path)
                .is(status)
                .hasManners();

        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("about:blank");
        assertThat(answer.text("title")).isEqualTo(title);
        assertThat(answer.get("status").asInt()).isEqualTo(status);
        assertThat(answer.text("detail")).isNotBlank();
        assertThat(answer.text("request_id"))
                .isEqualTo(answer.header("X-Request-Id").orElse(""));
        user.with("Accept", "application/json, application/problem+json;q=0.5")
                .get(path)
                .refused(status);
    }

    @Test
    void problemDetailsNameTheFields() {
        Answer answer = user.with("Accept", "application/problem+json")
                .send("POST", TRANSFER, "{}")
                .is(400);

        assertThat(answer.get("details").findValuesAsText("field")).contains("amount");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0190b6d8-7e3a-7c3c-9a55-0f6d8e3b2a11", "A.b_c-9"})
    void requestIdsAreTaken(String id) {
        assertThat(user.with("X-Request-Id", id).get("/api/auth/me").header("X-Request-Id"))
                .contains(id);
        assertThat(user.with("x-request-ID", id).get("/nothing").header("X-Request-Id"))
                .contains(id);
        assertThat(user.with("X-Request-Id", id).get("/api/nothing").text("request_id"))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "<script>", "a/b", "ä", "${jndi:ldap://x}"})
    void otherRequestIdsAreReplaced(String id) {
        Answer answer = Wire.request(space, "GET /api/nothing", "X-Request-Id: " + id);

        answer.refusedOrNotLetThrough(404);
        assertThat(answer.header("X-Request-Id").orElse("")).isNotEqualTo(id);
        assertThat(user.with("X-Request-Id", "x".repeat(129)).get("/api/health").header("X-Request-Id"))
                .isNotEqualTo("x".repeat(129));
    }

    @Test
    void sessionIdsTravelBack() {
        assertThat(user.with("X-Session-Id", "s-1").get("/api/auth/me").header("X-Session-Id"))
                .contains("s-1");
        assertThat(user.get("/api/auth/me").header("X-Session-Id")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/health", "/api/auth/me", "/api/nothing", "/nothing", "/api/openapi", "/api/docs"})
    void everyAnswerHasItsSecurityHeaders(String path) {
        Answer answer = user.get(path).hasManners();

        assertThat(answer.header("Content-Security-Policy").orElse("")).contains("frame-ancestors 'none'");
        assertThat(answer.header("X-Frame-Options").orElse("")).isIn("DENY", "");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void personalDataIsNotStored() {
        assertThat(user.get("/api/auth/me").header("Cache-Control").orElse("")).contains("no-store");
    }

    @Test
    void corsIsForNamedOriginsOnly() {
        Caller browser = nobody.with("Origin", "https://elsewhere.example");

        assertThat(browser.get("/api/health").is(200).header("Access-Control-Allow-Origin"))
                .isEmpty();
        Answer preflight = browser.with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "authorization")
                .call("OPTIONS", "/api/auth/login");
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight.header("Access-Control-Allow-Methods")).isEmpty();
    }

    @Test
    void pagesOfNamedOriginsMaySendConditionsAndReadValidators() {
        Caller page = nobody.with("Origin", Stage.PAGES);

        Answer preflight = page.with("Access-Control-Request-Method", "PUT")
                .with("Access-Control-Request-Headers", "authorization,content-type,if-match")
                .call("OPTIONS", "/api/mcp/contexts/019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e60")
                .is(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).contains(Stage.PAGES);
        assertThat(preflight.header("Access-Control-Allow-Headers").orElse("").split(", "))
                .contains("Authorization", "Content-Type", "If-Match", "If-None-Match");
        Answer answer = page.get("/api/health").is(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(Stage.PAGES);
        assertThat(answer.header("Access-Control-Expose-Headers").orElse("").split(", "))
                .contains("ETag", "Allow", "Location", "Retry-After");
    }

    @Test
    void aHugeHeader() {
        Answer answer = Wire.request(space, "GET /api/health", "X-Huge: " + "x".repeat(200_000));

        assertThat(answer.status()).as("%s", answer).isIn(400, 413, 431);
        answer.leaksNothing();
    }

    @Test
    void manyHeaders() {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            headers.append("X-").append(i).append(": x\n");
        }
        Answer answer =
                Wire.request(space, "GET /api/health", headers.toString().strip());

        assertThat(answer.status()).as("%s", answer).isIn(200, 400, 413, 431);
        answer.leaksNothing();
    }

    @Test
    void aHugeUrl() {
        Answer answer = Wire.request(space, "GET /api/health?" + "x".repeat(100_000));

        assertThat(answer.status()).as("%s", answer).isIn(400, 414, 431);
        answer.leaksNothing();
    }

    @Test
    void queryParametersComeOnce() {
        Caller admin = space.as(stage.fixtures().admin(org));
        admin.get("/api/control-center/events?type=a&type=b").refusedFor(400, "type");
        admin.get("/api/control-center/events?since=yesterday").refusedFor(400, "since");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", ",", "x", "\"a", "W/", "\"a\" \"b\""})
    void aMalformedConditionIsNone(String tags) {
        space.anonymous().with("If-None-Match", tags).get("/api/openapi").is(200);
        space.anonymous().with("If-Match", tags).get("/api/openapi").is(200);
    }
}
