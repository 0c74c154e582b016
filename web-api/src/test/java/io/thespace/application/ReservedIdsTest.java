package io.thespace.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.endpoint.Routes;
import io.thespace.gateway.servlet.GatewayEndpoints;
import io.thespace.jaxrs.Declarations;
import io.thespace.jaxrs.RestApplication;
import io.thespace.plugin.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No plugin can have an id that a path or a group of the platform's endpoints has. */
class ReservedIdsTest {

    @Test
    void everyWordOfThePlatformsPathsIsReserved() {
        Routes routes = new Routes();
        Declarations declarations = new Declarations(routes, null);
        for (RestApplication one : List.of(
                new ApiApplication(), new ActionsApplication(), new AgentApplication(), new ManagementApplication())) {
            declarations.read(one.getClass(), one.resources());
        }
        new GatewayEndpoints().addTo(routes);

        List<String> words = routes.all().stream()
                .flatMap(route -> Stream.concat(Stream.of(route.path().split("/", -1)), Stream.of(route.group())))
                .map(word -> word.toLowerCase(Locale.ROOT).replaceAll("[ -]", "_"))
                .filter(word -> word.matches("[a-z][a-z0-9_]{1,47}"))
                .distinct()
                .toList();
        assertThat(words).isNotEmpty().allMatch(Manifest::isReserved);
    }
}
