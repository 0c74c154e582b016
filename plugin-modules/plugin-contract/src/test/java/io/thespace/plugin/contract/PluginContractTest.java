package io.thespace.plugin.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Health;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import jakarta.validation.constraints.NotBlank;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract lets a good plugin pass, and finds the one thing that is wrong with a bad one. */
class PluginContractTest {

    private static final UUID ID = UUID.fromString("018f9a3e-1c00-7a10-8b7e-6f3d2c1b0a01");

    public record Order(@NotBlank String fullName) {}

    public record View(UUID id, String fullName) {}

    private enum Refusal implements ErrorCode {
        MISSING;

        @Override
        public Kind kind() {
            return Kind.NOT_FOUND;
        }

        @Override
        public String summary() {
            return "It is not there.";
        }
    }

    /** Good unless a subclass is not. */
    public static class Sample implements Plugin {
        PluginContext context;

        @Override
        public void start(PluginContext handed) {
            context = handed;
        }

        @Override
        public List<EventType> events() {
            return List.of(new EventType("sample_taken", "A sample was taken.", View.class));
        }

        @Override
        public List<Endpoint<?>> endpoints() {
            return List.of(post().handler(call -> {
                if (call.body().fullName().equals("nobody")) {
                    throw new Rejection(Refusal.MISSING, "There is nobody.");
                }
                return context.database().transact(call.actor(), connection -> {
                    try (Statement insert = connection.createStatement()) {
                        insert.execute("insert into sample (org_id) values ('"
                                + call.actor().orgId() + "')");
                    }
                    View view = new View(ID, call.body().fullName());
                    context.events().publish(call.actor(), events().get(0), ID.toString(), view);
                    if (view.fullName().equals("roll back")) {
                        throw new Rejection(Refusal.MISSING, "Rolled back.");
                    }
                    return view;
                });
            }));
        }

        static Endpoint.Builder<Order> post() {
            return Endpoint.post("/samples/{id}")
                    .body(Order.class, new Order("Ada"))
                    .summary("Take a sample")
                    .description("Takes a sample.")
                    .path("id", UUID.class, "Which one.", ID)
                    .creates(View.class, new View(ID, "Ada"))
                    .refuses(Refusal.MISSING)
                    .rehearsed();
        }
    }

    private static Sample with(Endpoint<?>... endpoints) {
        return new Sample() {
            @Override
            public List<Endpoint<?>> endpoints() {
                return List.of(endpoints);
            }
        };
    }

    private static Sample publishing(String event) {
        return new Sample() {
            @Override
            public List<EventType> events() {
                return List.of(new EventType(event, "It happened.", View.class));
            }
        };
    }

    private interface Rule {
        void check(PluginContract contract) throws Exception;
    }

    private static Arguments bad(String what, Plugin plugin, Rule rule) {
        return Arguments.of(what, plugin, rule);
    }

    static Stream<Arguments> badPlugins() {
        Endpoint<Order> good = Sample.post().handler(call -> new View(ID, "Ada"));
        return Stream.of(
                bad("twice the same path", with(good, good), PluginContract::noTwoEndpointsShareMethodAndPath),
                bad(
                        "no description",
                        with(Sample.post().description("").handler(call -> null)),
                        PluginContract::endpointsAreDescribed),
                bad(
                        "an example that is invalid",
                        with(Sample.post().body(Order.class, new Order(" ")).handler(call -> null)),
                        PluginContract::exampleBodiesPassTheirOwnConstraints),
                bad(
                        "no example of a path parameter",
                        with(Endpoint.get("/{id}")
                                .summary("Get")
                                .path("id", UUID.class, "Which one.")
                                .handler(call -> null)),
                        PluginContract::parametersHaveExamplesOfTheirType),
                bad(
                        "no example answer",
                        with(Sample.post().answers(View.class, null).handler(call -> null)),
                        PluginContract::exampleAnswersAreWhatIsDeclared),
                bad(
                        "a refusal twice",
                        with(Sample.post().refuses(Refusal.MISSING).handler(call -> null)),
                        PluginContract::refusalsAreExplained),
                bad(
                        "open without the permission",
                        with(Sample.post().open().handler(call -> null)),
                        PluginContract::openEndpointsAreAskedFor),
                bad(
                        "an idempotent GET",
                        with(Endpoint.get("/a").summary("Get").idempotent().handler(call -> null)),
                        PluginContract::onlyWhatChangesSomethingIsIdempotentOrTakesABody),
                bad(
                        "an event in camelCase",
                        publishing("sampleTaken"),
                        PluginContract::eventsAreNamedAfterWhatHappened),
                bad(
                        "an event that is a thing",
                        publishing("sample_summary"),
                        PluginContract::eventsAreNamedAfterWhatHappened),
                bad("a metric of another event", publishing("else_happened"), PluginContract::manifestNamesWhatIsThere),
                bad(
                        "not well",
                        new Sample() {
                            @Override
                            public Health health() {
                                return Health.failing("ill");
                            }
                        },
                        PluginContract::isWellWhenItHasStarted),
                bad(
                        "a rehearsal that fails",
                        with(Sample.post().handler(call -> {
                            throw new IllegalStateException("broken");
                        })),
                        PluginContractTest::rehearse),
                bad(
                        "a rehearsal that answers something else",
                        with(Sample.post().handler(call -> "text")),
                        PluginContractTest::rehearse),
                bad("a main class that is not the plugin's", with(good), PluginContract::mainClassCanBeMade));
    }

    private static void rehearse(PluginContract contract) throws Exception {
        try {
            for (var test : contract.rehearsedEndpointsAnswerTheirExamples().toList()) {
                test.getExecutable().execute();
            }
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static PluginContract contract(Plugin plugin) {
        return new PluginContract() {
            @Override
            protected Plugin plugin() {
                return plugin;
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badPlugins")
    void findsWhatIsWrong(String what, Plugin plugin, Rule rule) {
        PluginContract contract = contract(plugin);
        contract.startPlugin();
        try {
            assertThatThrownBy(() -> rule.check(contract)).as(what).isInstanceOf(AssertionError.class);
        } finally {
            contract.endPlugin();
        }
    }

    @Test
    void aStartThatThrowsIsToldWithItsReason() {
        PluginContract contract = contract(new Sample() {
            @Override
            public void start(PluginContext context) {
                context.directory();
            }
        });
        try {
            assertThatThrownBy(contract::startPlugin).hasMessageContaining("directory:read");
        } finally {
            contract.endPlugin();
        }
    }

    @Test
    void findsAThreadThatStays() {
        CountDownLatch end = new CountDownLatch(1);
        PluginContract contract = contract(new Sample() {
            @Override
            public void start(PluginContext context) {
                Thread leak = new Thread(
                        () -> {
                            try {
                                end.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "leak");
                leak.setDaemon(true);
                leak.start();
            }
        });
        contract.startPlugin();
        contract.patience(Duration.ofMillis(500));
        try {
            assertThatThrownBy(contract::leavesNoThreadBehind).hasMessageContaining("leak");
            end.countDown();
        } finally {
            contract.endPlugin();
        }
    }

    @Test
    void theStageSeparatesOrganizationsAndKeepsEventsOfCommits() throws Exception {
        Sample plugin = new Sample();
        try (PluginStage stage = PluginStage.of(plugin)) {
            Actor alice = stage.member(Role.USER);
            String call = "POST /samples/" + ID;
            assertThat(stage.call(alice, call, new Order("Ada"))
                            .json()
                            .at("/full_name")
                            .asText())
                    .isEqualTo("Ada");
            assertThatThrownBy(() -> stage.call(alice, call, new Order("roll back")))
                    .isInstanceOf(Rejection.class);
            assertThatThrownBy(() -> stage.call(alice, call, "{\"full_name\": 1, \"x\": 2}"))
                    .isInstanceOfSatisfying(Rejection.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(EndpointError.INVALID_REQUEST));
            assertThatThrownBy(() -> stage.call(alice, "GET /samples"))
                    .isInstanceOfSatisfying(Rejection.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(EndpointError.UNKNOWN_PATH));
            assertThat(stage.events()).hasSize(1);
            assertThat(count(plugin, alice)).isEqualTo(1);
            assertThat(count(plugin, stage.member(Role.ADMIN))).isZero();
            assertThatCode(() -> stage.call(stage.anonymous(), call, new Order("Ada")))
                    .isInstanceOf(Rejection.class);
        }
    }

    private static int count(Sample plugin, Actor actor) throws Exception {
        return plugin.context.database().transact(actor, connection -> {
            try (Statement query = connection.createStatement();
                    ResultSet rows = query.executeQuery("select count(*) from sample")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }
}
