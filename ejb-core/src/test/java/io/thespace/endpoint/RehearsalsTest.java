package io.thespace.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RehearsalsTest {

    record Note(String text) {}

    private static Endpoint<Void> writing(Endpoint.Builder<Void> endpoint) {
        return endpoint.summary("Write").handler(call -> null);
    }

    private static Route route(String path, Endpoint<?> endpoint) {
        return new Route(path, Mount.of("Things"), endpoint);
    }

    @Test
    void onlyWhatReadsOrCanBeRolledBackIsCalled() {
        assertThat(Rehearsals.allows(writing(Endpoint.get("/a")))).isTrue();
        assertThat(Rehearsals.allows(writing(Endpoint.post("/a").rehearsed()))).isTrue();
        for (Endpoint.Builder<Void> endpoint :
                List.of(Endpoint.post("/a"), Endpoint.put("/a"), Endpoint.patch("/a"), Endpoint.delete("/a"))) {
            Route route = route("/api/a", writing(endpoint));
            assertThat(Rehearsals.allows(route.endpoint())).isFalse();
            assertThatThrownBy(() -> new Pipeline().rehearse(route, null, null))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void itIsNobodyWithTheLeastRole() {
        Actor actor = Rehearsals.actor(writing(Endpoint.post("/a").role(Role.GUEST)), "r");
        assertThat(actor.role()).isEqualTo(Role.GUEST);
        assertThat(actor.signedIn()).isTrue();
        assertThat(actor.synthetic()).isTrue();
        assertThat(actor.orgId()).isEqualTo(UUID.fromString("00000000-0000-0000-0000-0070726f6265"));
        assertThat(Rehearsals.actor(writing(Endpoint.get("/a").open()), "r").signedIn())
                .isFalse();
    }

    @Test
    void theCallIsMadeOfTheExamples() throws Exception {
        UUID id = UUID.randomUUID();
        Request request = Request.example(route(
                        "/api/notes/{id}",
                        Endpoint.post("/notes/{id}")
                                .body(Note.class, new Note("Milk"))
                                .summary("Write")
                                .path("id", UUID.class, "Which.", id)
                                .query("loud", Boolean.class, "How.", true)
                                .query("slow", Boolean.class, "How.")
                                .handler(call -> null)))
                .orElseThrow();
        assertThat(request.path()).isEqualTo(Map.of("id", id.toString()));
        assertThat(request.query()).isEqualTo(Map.of("loud", "true"));
        assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo("{\"text\":\"Milk\"}");
        assertThat(request.idempotencyKey()).isNull();
    }

    @Test
    void withoutExamplesThereIsNoCall() throws Exception {
        assertThat(Request.example(route(
                        "/api/notes/{id}", writing(Endpoint.get("/notes/{id}").path("id", UUID.class, "Which.")))))
                .isEmpty();
        assertThat(Request.example(route(
                        "/api/notes",
                        Endpoint.post("/notes")
                                .body(Note.class, null)
                                .summary("Write")
                                .handler(call -> null))))
                .isEmpty();
    }
}
