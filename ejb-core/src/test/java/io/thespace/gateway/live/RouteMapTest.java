package io.thespace.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.gateway.forward.LiveRoute;
import io.thespace.gateway.forward.TestRoutes;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteMapTest {

    @Test
    void theLongestPrefixOfWholeSegmentsWins() {
        RouteMap map = new RouteMap(
                List.of("/a", "/a/b/c", "/ab").stream().map(TestRoutes::live).toList());
        assertThat(map.find(List.of("a")).map(LiveRoute::prefix)).contains("/a");
        assertThat(map.find(List.of("a", "b")).map(LiveRoute::prefix)).contains("/a");
        assertThat(map.find(List.of("a", "b", "c", "d")).map(LiveRoute::prefix)).contains("/a/b/c");
        assertThat(map.find(List.of("a", "b", "cd")).map(LiveRoute::prefix)).contains("/a");
        assertThat(map.find(List.of("ab", "")).map(LiveRoute::prefix)).contains("/ab");
        assertThat(map.find(List.of("abc"))).isEmpty();
        assertThat(map.find(List.of(""))).isEmpty();
    }
}
