package io.thespace.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.endpoint.Bulkhead;
import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a plugin declares is checked before it is in service anywhere. */
class RunningPluginTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicInteger stops = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();

    private static Endpoint.Builder<Void> endpoint(Endpoint.Builder<Void> begun) {
        return begun.summary("Answer").description("Answers nothing.");
    }

    private static Endpoint<?> at(String path) {
        Endpoint.Builder<Void> builder = endpoint(Endpoint.get(path));
        if (path.endsWith("{id}")) {
            builder.path("id", String.class, "The id.");
        }
        return builder.handler(call -> null);
    }

    private RunningPlugin start(Endpoint<?>... endpoints) {
        return start(code -> null, endpoints);
    }

    private RunningPlugin start(Function<Code, PluginContext> contexts, Endpoint<?>... endpoints) {
        Plugin plugin = new Plugin() {
            @Override
            public void start(PluginContext context) {
                // Nothing of the context is needed.
            }

            @Override
            public List<Endpoint<?>> endpoints() {
                return List.of(endpoints);
            }

            @Override
            public void stop() {
                stops.incrementAndGet();
            }
        };
        Code code = new Code() {
            @Override
            public Manifest manifest() {
                return Manifest.read("{\"id\": \"notes\", \"name\": \"Notes\", \"version\": \"1.0.0\"}"
                        .getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public String sha256() {
                return null;
            }

            @Override
            public Plugin make() {
                return plugin;
            }

            @Override
            public Optional<byte[]> file(String path) {
                return Optional.empty();
            }

            @Override
            public void migrate(Migrations migrations, boolean rehearsal) {
                // It has no schema.
            }

            @Override
            public void close() {
                closes.incrementAndGet();
            }
        };
        return RunningPlugin.start(code, contexts, null, new Bulkhead("notes", LIMIT, 1, Thread::new), LIMIT);
    }

    private void assertRefused(String reason, Endpoint<?>... endpoints) {
        assertThatThrownBy(() -> start(endpoints))
                .isInstanceOfSatisfying(
                        Rejection.class, refusal -> assertThat(refusal.code()).isEqualTo(PluginError.STEP_FAILED))
                .hasMessageStartingWith("step declare: ")
                .hasMessageContaining(reason);
        assertThat(stops).hasValue(1);
        assertThat(closes).hasValue(1);
    }

    @Test
    void endpointsThatFitTogetherStart() {
        RunningPlugin running = start(at("/notes"), at("/notes/{id}"));

        assertThat(running.endpoints()).hasSize(2);
        running.stop(Duration.ZERO);
        assertThat(closes).hasValue(1);
    }

    @Test
    void twoEndpointsForOneMethodAndPathFailAtTheirDeclaration() {
        assertRefused("GET /notes", at("/notes"), at("/notes"));
    }

    @Test
    void twoEndpointsForOneActionFailAtTheirDeclaration() {
        assertRefused(
                "list_notes",
                endpoint(Endpoint.get("/notes")).action("list_notes").handler(call -> null),
                endpoint(Endpoint.get("/all")).action("list_notes").handler(call -> null));
    }

    @Test
    void aParameterAndATailAtOnePlaceFailAtTheirDeclaration() {
        assertRefused(
                "A parameter and a tail",
                at("/notes/{id}"),
                endpoint(Endpoint.get("/notes/{rest}"))
                        .tail("rest", "The rest.", "a/b")
                        .handler(call -> null));
    }

    @Test
    void aContextThatCannotBeMadeLetsGoOfTheCode() {
        assertThatThrownBy(() -> start(code -> {
                    throw new IllegalStateException("no session");
                }))
                .isInstanceOf(Rejection.class)
                .hasMessage("step start: no session");
        assertThat(closes).hasValue(1);
    }
}
