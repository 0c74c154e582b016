package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and methods that lead nowhere: the platform's error body, also where the server itself refuses. */
class WirePathsIT {

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller user = space.as(stage.fixtures().user(org));
    private final Caller nobody = space.anonymous();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets",
                "/assets/nothing.js",
                "/nothing",
                "/nothing.html",
                "/index.jsp",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/container-error",
                "/api",
                "/api/",
                "/api/nothing",
                "/api/health/",
                "/api/health/more",
                "/api/HEALTH",
                "/api/plugins/nothing/at-all",
                "/api/plugins/financial_business",
                "/api/plugins/financial_business/nothing",
                "/api/plugins/nobody/endpoints/more",
                "/api/%20",
                "/api/;x=y",
            })
    void unknownPath(String path) {
        assertThat(user.get(path).refused(404)).contains("GET /api/openapi");
    }

    /** The management API does not disclose existing paths without a token. */
    @ParameterizedTest
    @ValueSource(strings = {"/management", "/management/", "/management/nothing", "/management/v1/nothing/at-all"})
    void unknownPathOfTheManagementApi(String path) {
        assertThat(user.get(path).refused(404)).contains("GET /management/openapi");
        nobody.get(path).refused(401);
        nobody.call("DELETE", path).refused(401);
    }

    @Test
    void unknownPathThatIsNoUtf8() {
        user.get("/api/%ff").refused(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "POST"})
    void unknownPathWithAnyMethod(String method) {
        user.send(method, "/api/nothing", "{}").refused(404);
        user.send(method, "/nothing", "{}").refused(404);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/health, 'GET, HEAD, OPTIONS'",
        "POST, /api/health, 'GET, HEAD, OPTIONS'",
        "PUT, /api/auth/login, 'OPTIONS, POST'",
        "GET, /api/auth/login, 'OPTIONS, POST'",
        "HEAD, /api/auth/login, 'OPTIONS, POST'",
        "PATCH, /api/plugins, 'GET, HEAD, OPTIONS'",
        "GET, /api/plugins/financial_business/transfer, 'OPTIONS, POST'",
    })
    void wrongMethod(String method, String path, String allowed) {
        Answer answer = user.call(method, path).is(405).hasManners();
        assertThat(answer.header("Allow")).contains(allowed);
        if (!method.equals("HEAD")) {
            answer.refused(405);
        }
    }

    @Test
    void methodsThatNobodyHas() {
        user.call("PROPFIND", "/api/health").refused(405);
        user.call("PROPFIND", "/api/nothing").refused(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/health", "/nothing"})
    void traceTellsNothing(String path) {
        Answer answer = Wire.request(space, "TRACE " + path, "X-Secret: whispered");

        assertThat(answer.status()).isIn(405, 501);
        assertThat(answer.body()).doesNotContain("whispered");
        answer.leaksNothing();
    }

    @Test
    void headIsGetWithoutABody() {
        Answer get = user.get("/api/auth/me").is(200);
        Answer head = user.call("HEAD", "/api/auth/me").is(200).hasManners();

        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        assertThat(head.header("Content-Length"))
                .contains(String.valueOf(get.body().length()));
        assertThat(user.call("HEAD", "/api/nothing").is(404).hasManners().body())
                .isEmpty();
    }

    @Test
    void optionsTellsTheMethods() {
        assertThat(nobody.call("OPTIONS", "/api/auth/login")
                        .is(204)
                        .hasManners()
                        .header("Allow"))
                .contains("OPTIONS, POST");
        nobody.call("OPTIONS", "/api/nothing").refused(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/../api/health",
                "/api/./health",
                "//api/health",
                "/api//health",
                "/api/%2e%2e/api/health",
                "/api/%2e/health",
                "/api/..%2fapi/health",
                "/api%2fhealth",
                "/api/health%2f",
                "/api/docs/..%2f..%2fWEB-INF%2fweb.xml",
                "/api/docs/%2e%2e/%2e%2e/WEB-INF/web.xml",
                "/..%2f..%2fetc%2fpasswd",
                "/../../etc/passwd",
                "/api/docs/..\\..\\WEB-INF\\web.xml",
                "/api/docs/%5c..%5cWEB-INF%5cweb.xml",
                "/WEB-INF%2fweb.xml",
                "/%57EB-INF/web.xml",
                "/web-inf/web.xml",
                "/WEB-INF/lib/",
                "/api/docs/docs.html%00.css",
                "/api/%00",
                "/%00",
                "/api/health%0d%0aSet-Cookie:%20x=y",
                "/api/health;jsessionid=1",
            })
    void pathTricksLeadNowhere(String path) {
        Answer answer = Wire.request(space, "GET " + path);

        if (answer.status() == 200) {
            // Some servers resolve dots themselves: then it is the health of everybody's knowledge.
            assertThat(answer.json().path("status").asText()).as("%s", answer).isEqualTo("ok");
        } else {
            assertThat(answer.status()).as("%s", answer).isIn(400, 404);
            // Requests rejected by a server's own parser never reach the application; the response must only not leak
            // anything.
            answer.leaksNothing();
        }
        assertThat(answer.body()).doesNotContain("root:", "<web-app");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/health?x=%zz", "/api/health?%", "/api/control-center/events?type=%c3%28"})
    void malformedEncodingIsNoDefect(String path) {
        Answer answer = Wire.request(space, "GET " + path, "Authorization: Bearer " + user.token());

        assertThat(answer.status()).as("%s", answer).isLessThan(500);
        answer.leaksNothing();
    }

    @Test
    void malformedEncodingInThePath() {
        Wire.request(space, "GET /api/%zz").refused(400);
    }
}
