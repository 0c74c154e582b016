package io.thespace.gateway.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.gateway.RouteOrder;
import io.thespace.gateway.RouteView;
import io.thespace.gateway.UpstreamOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationsTest {

    @ParameterizedTest
    @CsvSource({
        "http://one.example:8080/base, /base/a?b=c#d, /api/v1/gateway/r/a?b=c#d",
        "http://one.example:8080/base, http://one.example:8080/base/a, /api/v1/gateway/r/a",
        "http://one.example:8080/base, HTTP://One.Example:8080/base/a, /api/v1/gateway/r/a",
        "http://one.example:8080/base, //one.example:8080/base/a, /api/v1/gateway/r/a",
        "http://one.example:8080/base, //One.Example:8080/base/a?b, /api/v1/gateway/r/a?b",
        "https://one.example/base, //one.example/base/a, /api/v1/gateway/r/a",
        "https://one.example/base, //one.example:443/base/a, /api/v1/gateway/r/a",
        "https://one.example, //one.example/a, /api/v1/gateway/r/a",
        "https://one.example/base, //one.example:80/base/a, //one.example:80/base/a",
        "https://one.example/base, http://one.example/base/a, http://one.example/base/a",
        "https://one.example/base, //one.example/other/a, //one.example/other/a",
        "https://one.example/base, //two.example/base/a, //two.example/base/a",
        "https://one.example/base, //one.example@two.example/base/a, //one.example@two.example/base/a",
        "https://one.example/base, /basement/a, /basement/a",
        "https://one.example/base, a/b, a/b",
        "https://one.example/base, //one.example, //one.example"
    })
    void aReferenceToTheUpstreamLeadsBackToTheRoute(String url, String location, String expected) {
        LiveUpstream upstream = new LiveUpstream(UpstreamOrder.to(url));
        RouteOrder order = TestRoutes.order("prefix", "/r", "upstreams", List.of(Map.of("url", url)))
                .complete();
        LiveRoute route = new LiveRoute(
                RouteView.of(UUID.randomUUID(), order, Instant.EPOCH, Instant.EPOCH),
                one -> upstream,
                new RetryBudget());
        assertThat(Locations.mapped(location, upstream, route)).isEqualTo(expected);
    }
}
