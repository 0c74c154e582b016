package io.thespace.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    private static Route route(String path) {
        Endpoint.Builder<Void> endpoint = Endpoint.get(path).summary("Get it");
        Arrays.stream(path.split("/", -1))
                .filter(segment -> segment.startsWith("{"))
                .forEach(segment ->
                        endpoint.path(segment.substring(1, segment.length() - 1), String.class, "Some name."));
        return new Route("/api" + path, Mount.of("Things"), endpoint.handler(call -> null));
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
}
