package io.thespace.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

    private static Route route(String path) {
        Endpoint.Builder<Void> endpoint = Endpoint.get(path).summary("Get it");
        Arrays.stream(path.split("/", -1))
                .filter(segment -> segment.startsWith("{"))
                .forEach(segment ->
                        endpoint.path(segment.substring(1, segment.length() - 1), String.class, "Some name."));
        return new Route("/api" + path, Mount.of("Things"), endpoint.handler(call -> null));
    }

    private static Route withTail(String path) {
        return new Route(
                "/api" + path,
                Mount.of("Things"),
                Endpoint.get(path)
                        .summary("Get it")
                        .path("plugin", String.class, "Some name.")
                        .tail("path", "Some file.", "a/b.js")
                        .handler(call -> null));
    }

    private static String found(RouteTable table, String path) {
        Route route = table.find(RouteTable.segments(path)).get(Method.GET);
        return route == null ? null : route.path();
    }

    private final RouteTable table = new RouteTable(List.of(
            route("/plugins"),
            route("/plugins/{plugin}/health"),
            route("/plugins/ledger/transfer"),
            route("/plugins/ledger/{id}")));

    @Test
    void aFixedSegmentGoesBeforeAParameter() {
        assertThat(found(table, "/api/plugins/ledger/transfer")).isEqualTo("/api/plugins/ledger/transfer");
        assertThat(found(table, "/api/plugins/ledger/4711")).isEqualTo("/api/plugins/ledger/{id}");
    }

    @Test
    void aParameterIsTriedWhenTheFixedSegmentLeadsNowhere() {
        RouteTable other =
                new RouteTable(List.of(route("/plugins/{plugin}/health"), route("/plugins/ledger/transfer")));
        assertThat(found(other, "/api/plugins/ledger/health")).isEqualTo("/api/plugins/{plugin}/health");
    }

    @Test
    void otherPathsAreUnknown() {
        for (String path : List.of("/api", "/api/", "/api/plugins/", "/api/plugins//health", "/api/plugins/a/b/c")) {
            assertThat(found(table, path)).as(path).isNull();
        }
    }

    @Test
    void twoEndpointsCannotShareAPlace() {
        assertThatThrownBy(() -> new RouteTable(List.of(route("/plugins"), route("/plugins"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/api/plugins");
    }

    private static final String FILES = "/plugins/{plugin}/ui/{path}";

    private final RouteTable tailed = new RouteTable(List.of(
            withTail(FILES),
            route("/plugins/{plugin}/ui/index"),
            route("/plugins/{plugin}/ui/index/{entry}/more"),
            route("/plugins/ledger/transfer")));

    @ParameterizedTest
    @ValueSource(strings = {"settings.js", "parts/page.js", "a/b/c/d/e.css", "@x/~y/z_1-2.woff2", "index/a", "v1..2/x"})
    void aTailTakesTheRestOfThePath(String rest) {
        assertThat(found(tailed, "/api/plugins/ledger/ui/" + rest)).isEqualTo("/api" + FILES);
        assertThat(rest).matches(RouteTable.TAIL);
    }

    @Test
    void aTailComesLast() {
        assertThat(found(tailed, "/api/plugins/ledger/ui/index")).isEqualTo("/api/plugins/{plugin}/ui/index");
        assertThat(found(tailed, "/api/plugins/ledger/ui/index/a/more"))
                .isEqualTo("/api/plugins/{plugin}/ui/index/{entry}/more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/..",
                "/.",
                "/../plugin.json",
                "/a/../../plugin.json",
                "/a/",
                "//a",
                "/a//b",
                "/.hidden",
                "/a/.hidden",
                "/a\\b",
                "/..\\plugin.json",
                "/a b",
                "/a;b",
                "/a%2fb",
                "/a:b",
                "/a\u0000.js",
                "/a\n.js",
                "/\u00e4.js",
                "/\uff0e\uff0e/x"
            })
    void aTailTakesOnlyPlainNames(String rest) {
        assertThat(found(tailed, "/api/plugins/ledger/ui" + rest)).isNull();
        assertThat(rest).doesNotMatch("/" + RouteTable.TAIL);
    }

    @Test
    void aTailTakesNoSegmentThatHoldsADecodedSlash() {
        assertThat(tailed.find(List.of("api", "plugins", "ledger", "ui", "a/../b")))
                .isEmpty();
    }

    @Test
    void aTailAndAParameterCannotEndTheSamePath() {
        for (List<Route> routes : List.of(
                List.of(withTail(FILES), route("/plugins/{plugin}/ui/{file}")),
                List.of(route("/plugins/{plugin}/ui/{file}"), withTail(FILES)))) {
            assertThatThrownBy(() -> new RouteTable(routes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("/ui/");
        }
    }

    @Test
    void aTailIsAtTheEnd() {
        assertThatThrownBy(() -> Endpoint.get("/{path}/more")
                        .summary("Get it")
                        .tail("path", "Some file.", "a")
                        .handler(call -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("path");
    }
}
