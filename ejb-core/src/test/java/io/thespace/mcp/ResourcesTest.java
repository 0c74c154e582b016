package io.thespace.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.endpoint.Mount;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourcesTest {

    private static final String NOTES = "space:///api/plugins/notes/notes";

    private final Routes routes = new Routes();
    private final Resources resources = new Resources(routes, null, null);

    private static Endpoint<Void> endpoint(Endpoint.Builder<Void> builder) {
        return builder.summary("Do it").handler(call -> null);
    }

    private void mount() {
        routes.mount(
                Mount.of("notes"),
                "/api/plugins/notes",
                List.of(
                        endpoint(Endpoint.get("/notes").resource()),
                        endpoint(Endpoint.get("/notes/{id}")
                                .path("id", String.class, "Which.")
                                .resource()),
                        endpoint(Endpoint.get("/notes/{id}/pages").path("id", String.class, "Which.")),
                        endpoint(Endpoint.post("/notes/{id}/pages").path("id", String.class, "Which."))));
    }

    @Test
    void aCallChangesTheResourcesAtItsPathAndAboveIt() {
        mount();
        assertThat(resources.above("/api/plugins/notes/notes/a%20b/pages")).containsExactly(NOTES + "/a%20b", NOTES);
        assertThat(resources.above("/api/plugins/notes/notes")).containsExactly(NOTES);
        assertThat(resources.above("/api/plugins/other")).isEmpty();
    }

    @Test
    void aPathHasTheValuesOfItsParameters() {
        mount();
        Route route = routes.find(List.of("api", "plugins", "notes", "notes", "x", "pages"))
                .values()
                .iterator()
                .next();
        assertThat(route.path(Map.of("id", "a b/c"))).isEqualTo("/api/plugins/notes/notes/a%20b/c/pages");
        assertThat(route.path(Map.of())).isEqualTo("/api/plugins/notes/notes/%7Bid%7D/pages");
    }

    @Test
    void aUriIsWrittenInOneWay() {
        assertThat(Resources.canonical(NOTES + "/%61%20b")).isEqualTo(NOTES + "/a%20b");
        assertThatThrownBy(() -> Resources.canonical("file:///etc/passwd")).isInstanceOf(Rejection.class);
    }
}
