package io.thespace.server.grizzly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {

    private static int status(String method, String path) {
        Refusal fault = new RequestHead(method, path, List.of("localhost"), List.of(), false, true).fault();
        return fault == null ? 200 : fault.status();
    }

    private static int framed(List<String> hosts, List<String> encodings, boolean lengthToo) {
        Refusal fault = new RequestHead("POST", "/api", hosts, encodings, lengthToo, true).fault();
        return fault == null ? 200 : fault.status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/api/a%20b", "/a/%C3%A4", "/a/../b", "//a/./b;c=d", "/a%2Fb", "/a/..;x/b", "/a...", "/a/.."
            })
    void pathsThatMayNameSomething(String path) {
        assertThat(status("GET", path)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "api",
                "/%",
                "/a%2",
                "/a%zz",
                "/%%41",
                "/\u00e4",
                "/a%00b",
                "/a\u0001",
                "/%-1",
                "host:80"
            })
    void malformedTargets(String path) {
        assertThat(status("GET", path)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%5Cb", "/a\\b", "/%ff%fe", "/%c3", "/../a", "/a/../../b", "/%2e%2e/a", "/..%2Fa"})
    void pathsThatNameNothing(String path) {
        assertThat(status("GET", path)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT"})
    void methodsOfNoEndpoint(String method) {
        assertThat(status(method, "/api/health")).isEqualTo(405);
        assertThat(status(method, "/api/%")).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "a.b-c_d:8080", "127.0.0.1:1", "[::1]", "[::1]:8080", "x:65535"})
    void hosts(String host) {
        assertThat(framed(List.of(host), List.of(), false)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/c", "a:65536", "a:x", "a:", "[::1", "::1", "a@b", "\u00e4"})
    void malformedHosts(String host) {
        assertThat(framed(List.of(host), List.of(), false)).isEqualTo(400);
    }

    @Test
    void whatTwoServersUnderstandDifferently() {
        List<String> host = List.of("a");
        assertThat(framed(host, List.of("chunked"), false)).isEqualTo(200);
        assertThat(framed(host, List.of("Chunked"), false)).isEqualTo(200);
        assertThat(framed(host, List.of(), true)).isEqualTo(200);
        assertThat(framed(host, List.of("chunked"), true)).isEqualTo(400);
        assertThat(framed(host, List.of("xchunked"), false)).isEqualTo(400);
        assertThat(framed(host, List.of("gzip, chunked"), false)).isEqualTo(400);
        assertThat(framed(host, List.of("chunked", "identity"), false)).isEqualTo(400);
        assertThat(framed(List.of("a", "a"), List.of(), false)).isEqualTo(400);
    }

    /** In HTTP/2 frames delimit a body. */
    @Test
    void framingIsOfHttp1() {
        assertThat(new RequestHead("GET", "/api", List.of("a", "b"), List.of(), false, false).fault())
                .isNull();
    }

    @Test
    void eachApiHasItsForm() {
        Refusal refusal = new Refusal(404, "Nothing.");
        assertThat(new String(refusal.body("/management/v1/x", "id-1"), StandardCharsets.UTF_8))
                .isEqualTo("{\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"Nothing.\",\"request_id\":\"id-1\"}}");
        assertThat(new String(refusal.body("/managementx", "id-1"), StandardCharsets.UTF_8))
                .isEqualTo("{\"error\":\"Nothing.\",\"code\":404,\"request_id\":\"id-1\"}");
        assertThat(refusal.headers("/management", "id-1", 3)).containsEntry("X-Request-ID", "id-1");
    }

    /** Whatever the server says without the application means that the application is not there. */
    @Test
    void whatTheServerAnswersByItself() {
        assertThat(Refusal.byServer(200).status()).isEqualTo(503);
        assertThat(Refusal.byServer(404).status()).isEqualTo(503);
        assertThat(Refusal.byServer(404).headers("/", "i", 0)).containsKey("Retry-After");
        assertThat(Refusal.byServer(413).status()).isEqualTo(413);
        assertThat(Refusal.byServer(500).status()).isEqualTo(503);
        assertThat(Refusal.byServer(505).status()).isEqualTo(505);
        assertThat(Refusal.byServer(418).status()).isEqualTo(418);
    }

    @Test
    void requestIds() {
        assertThat(Refusal.requestId("a.b_c-1")).isEqualTo("a.b_c-1");
        assertThat(Refusal.requestId("a\"b")).isNotEqualTo("a\"b");
        assertThat(Refusal.requestId(null)).isNotBlank();
    }
}
