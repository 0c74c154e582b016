package io.thespace.plugin.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.json.Json;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Health;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Parameter;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract of every plugin, as tests. A plugin's own test extends this class and creates the plugin:
 *
 * <pre>{@code
 * class NoticeBoardTest extends PluginContract {
 *     @Override
 *     protected Plugin plugin() {
 *         return new NoticeBoard();
 *     }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PluginContract {

    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    /** English has no rule for the irregular ones: these are the endings of sent, sold, begun, paid, gone, drawn, put. */
    private static final Pattern PAST_PARTICIPLE =
            Pattern.compile("([a-z0-9]+_)*[a-z0-9]*(ed|en|t|ld|nd|un|id|ne|wn|rn|ng|de|ad)");

    /** Gathers the threads that the plugin starts: a thread belongs to the group of the one that started it. */
    private final ThreadGroup threads = new ThreadGroup("plugin");

    /** The time limit of any operation of a plugin; not a performance requirement, only an end to waiting. */
    private Duration patience = Duration.ofSeconds(30);

    private PluginStage stage;

    /** A new instance of the plugin, as its public constructor without arguments makes it. */
    protected abstract Plugin plugin();

    /**
     * Creates the environment of the plugin. A plugin with its own environment, such as a persistence unit, overrides
     * it. A plugin that brings this itself, such as a persistence unit of its own, overrides it.
     */
    protected PluginStage prepare(Plugin plugin) {
        return PluginStage.prepare(plugin);
    }

    /** The started plugin, for the tests of the plugin's own; there from {@code @BeforeEach} on. */
    protected final PluginStage stage() {
        return stage;
    }

    @BeforeAll
    void startPlugin() {
        stage = prepare(plugin());
        within("start", () -> {
            stage.start();
            return null;
        });
    }

    @AfterAll
    void endPlugin() {
        if (stage != null) {
            stage.close();
        }
    }

    /** For the test of this contract itself, which waits for events that do not occur. */
    void patience(Duration shorter) {
        patience = shorter;
    }

    private List<Endpoint<?>> endpoints() {
        return stage.endpoints();
    }

    @Test
    void mainClassCanBeMade() throws NoSuchMethodException {
        String mainClass = stage.manifest().mainClass();
        if (mainClass == null) {
            return; // a bundled plugin, which is a bean
        }
        Class<?> type = stage.plugin().getClass();
        assertThat(mainClass).as("main_class in plugin.json").isEqualTo(type.getName());
        assertThat(Modifier.isPublic(type.getModifiers())
                        && Modifier.isPublic(type.getConstructor().getModifiers()))
                .as("%s and its constructor without arguments are public", type.getName())
                .isTrue();
    }

    @Test
    void manifestNamesWhatIsThere() {
        Class<?> type = stage.plugin().getClass();
        stage.manifest().ui().forEach(module -> {
            String file = "ui/" + module.module();
            assertThat(type.getResource("/" + file) != null || type.getResource(file) != null)
                    .as("%s, which plugin.json names, is there", file)
                    .isTrue();
        });
        stage.manifest().metrics().forEach(metric -> {
            EventType event = stage.plugin().events().stream()
                    .filter(declared -> declared.name().equals(metric.event()))
                    .findFirst()
                    .orElseGet(() -> fail("The metric %s counts %s, which the plugin does not publish"
                            .formatted(metric.name(), metric.event())));
            List<String> members = Arrays.stream(event.data().getRecordComponents())
                    .map(RecordComponent::getName)
                    .map(PluginContract::snakeCase)
                    .toList();
            Stream.of(metric.sum(), metric.by()).filter(Objects::nonNull).forEach(member -> assertThat(members)
                    .as("what the metric %s reads from %s", metric.name(), metric.event())
                    .contains(member));
        });
    }

    @Test
    void noTwoEndpointsShareMethodAndPath() {
        assertThat(endpoints())
                .extracting(e -> e.method() + " " + e.path().replaceAll("\\{[a-z_]+}", "{}"))
                .doesNotHaveDuplicates();
    }

    @Test
    void noTwoEndpointsShareAnAction() {
        assertThat(endpoints())
                .extracting(Endpoint::action)
                .filteredOn(Objects::nonNull)
                .doesNotHaveDuplicates();
    }

    @Test
    void endpointsAreDescribed() {
        assertThat(endpoints()).allSatisfy(e -> {
            assertThat(e.summary()).as("summary: a few words").isNotBlank().doesNotEndWith(".");
            assertThat(e.description()).as("description: sentences").endsWith(".");
            assertThat(e.path()).matches("(/([a-z0-9_.-]+|\\{[a-z_]+}))+");
            assertThat(e.parameters()).allSatisfy(parameter -> {
                if (parameter.in() != Parameter.In.HEADER) {
                    assertThat(parameter.name()).matches(SNAKE_CASE);
                }
                assertThat(parameter.description())
                        .as("%s's description", parameter.name())
                        .endsWith(".");
            });
            assertThat(e.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
        });
    }

    @Test
    void parametersHaveExamplesOfTheirType() {
        assertThat(endpoints()).allSatisfy(e -> assertThat(e.parameters()).allSatisfy(parameter -> {
            if (parameter.in() == Parameter.In.PATH) {
                assertThat(parameter.example())
                        .as("%s's example: .path(name, type, words, example)", parameter.name())
                        .isNotNull();
            }
            if (parameter.example() != null) {
                assertThat(parameter.example()).isInstanceOf(parameter.type());
            }
        }));
    }

    @Test
    void exampleBodiesPassTheirOwnConstraints() {
        assertThat(endpoints()).allSatisfy(e -> {
            if (e.bodyType() == Void.class) {
                return;
            }
            assertThat(e.bodyType()).as("a body is a record").matches(Class::isRecord);
            assertThat(e.bodyExample()).as("an example body").isNotNull();
            try {
                assertThat(PluginStage.json(decoded(e)))
                        .as("the example after its way through JSON")
                        .isEqualTo(PluginStage.json(e.bodyExample()));
            } catch (Rejection refusal) {
                fail("The example body is refused: " + refusal.getMessage());
            }
        });
    }

    private <B> B decoded(Endpoint<B> endpoint) {
        return stage.decode(endpoint, endpoint.bodyExample());
    }

    @Test
    void exampleAnswersAreWhatIsDeclared() throws IOException {
        for (Endpoint<?> e : endpoints()) {
            Endpoint.Shape shape = e.answer();
            if (shape.type() == null) {
                continue;
            }
            assertThat(shape.example())
                    .as("%s %s: an example answer", e.method(), e.path())
                    .isInstanceOf(shape.type());
            assertMembers(Json.MAPPER.readTree(PluginStage.json(shape.example())), e.method() + " " + e.path());
        }
    }

    private static void assertMembers(JsonNode json, String where) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            assertThat(names.next()).as("a member that %s answers", where).matches(SNAKE_CASE);
        }
    }

    @Test
    void refusalsAreExplained() {
        assertThat(endpoints()).allSatisfy(e -> {
            assertThat(e.refusals()).extracting(ErrorCode::name).doesNotHaveDuplicates();
            assertThat(e.refusals()).allSatisfy(code -> {
                assertThat(code.name()).matches("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
                assertThat(code.kind()).isNotNull();
                assertThat(code.summary())
                        .as("%s's summary: a sentence", code.name())
                        .endsWith(".");
            });
        });
    }

    @Test
    void openEndpointsAreAskedFor() {
        if (!stage.manifest().permissions().contains("endpoints:public")) {
            assertThat(endpoints())
                    .as("endpoints without a least role need the permission endpoints:public")
                    .noneMatch(e -> e.role() == null);
        }
    }

    @Test
    void whatMcpClientsFindIsAskedFor() {
        if (!stage.manifest().permissions().contains("mcp:tools")) {
            assertThat(endpoints())
                    .as("endpoints that are tools, resources or prompts need the permission mcp:tools")
                    .noneMatch(e -> e.tool() || e.resource() || e.prompt());
        }
    }

    @Test
    void onlyWhatChangesSomethingIsIdempotentOrTakesABody() {
        assertThat(endpoints()).allSatisfy(e -> {
            if (e.method() == Method.GET) {
                assertThat(e.idempotent())
                        .as("GET changes nothing, so it needs no Idempotency-Key")
                        .isFalse();
                assertThat(e.bodyType()).as("GET has no body").isEqualTo(Void.class);
            } else {
                assertThat(e.answer().form()).as("pages are read with GET").isNotEqualTo(Endpoint.Shape.Form.PAGE);
            }
        });
    }

    @Test
    void eventsAreNamedAfterWhatHappened() {
        List<EventType> events = stage.plugin().events();
        assertThat(events).extracting(EventType::name).doesNotHaveDuplicates();
        assertThat(events).allSatisfy(event -> {
            assertThat(event.name())
                    .matches(SNAKE_CASE)
                    .as("a past participle at its end")
                    .matches(PAST_PARTICIPLE);
            assertThat(event.description())
                    .as("%s's description: a sentence", event.name())
                    .endsWith(".");
            assertThat(event.data()).as("%s carries a record", event.name()).matches(Class::isRecord);
        });
        if (!events.isEmpty()) {
            assertThat(stage.manifest().permissions().contains("events:publish"))
                    .as("events need the permission events:publish")
                    .isTrue();
        }
    }

    @Test
    void subscriptionsAreAskedFor() {
        if (!stage.manifest().permissions().contains("events:subscribe")) {
            assertThat(stage.plugin().subscriptions())
                    .as("subscriptions need the permission events:subscribe")
                    .isEmpty();
        }
    }

    @Test
    void migrationsAreNamedForFlywayAndLieInTheirFolder() {
        String folder = "db/migration/" + stage.manifest().id() + "/";
        List<String> scripts = scripts(stage.plugin().getClass());
        assertThat(scripts).allSatisfy(script -> assertThat(script)
                .startsWith(folder)
                .matches(Pattern.quote(folder) + "V\\d+(_\\d+)*__[A-Za-z0-9_]+\\.sql"));
        assertThat(scripts)
                .as("versions of migrations")
                .extracting(script -> script.replaceFirst("__.*", ""))
                .doesNotHaveDuplicates();
        if (!scripts.isEmpty()) {
            assertThat(stage.manifest().permissions().contains("database:schema"))
                    .as("migrations need the permission database:schema")
                    .isTrue();
        }
    }

    /** The files below {@code db/migration} at the origin of the plugin's class, a folder or a jar. */
    private static List<String> scripts(Class<?> type) {
        try {
            Path from = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(from)) {
                return scripts(from);
            }
            try (FileSystem jar = FileSystems.newFileSystem(from)) {
                return scripts(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> scripts(Path root) throws IOException {
        Path folder = root.resolve("db/migration");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    @Test
    void isWellWhenItHasStarted() {
        Health health = within("health", () -> stage.plugin().health());
        assertThat(health.ok()).as(health.reason()).isTrue();
    }

    @Test
    void startsAgainAfterItsStop() {
        PluginStage again = stage.next(plugin());
        for (int round = 0; round < 2; round++) {
            within("start and stop", () -> {
                again.start();
                again.stop();
                return null;
            });
        }
        PluginStage fresh = stage.next(plugin());
        within("start", () -> {
            fresh.start();
            assertThat(fresh.endpoints()).hasSameSizeAs(stage.endpoints());
            fresh.stop();
            return null;
        });
    }

    @Test
    void leavesNoThreadBehind() throws InterruptedException {
        ThreadGroup own = new ThreadGroup(threads, "leaving");
        PluginStage leaving = stage.next(plugin());
        within(own, "start and stop", () -> {
            leaving.start();
            leaving.plugin().health();
            leaving.stop();
            return null;
        });
        long end = System.nanoTime() + patience.toNanos();
        while (!alive(own).isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(alive(own))
                .as("threads that the plugin started and stop() did not end")
                .isEmpty();
    }

    private static List<Thread> alive(ThreadGroup group) {
        Thread[] found = new Thread[group.activeCount() + 64];
        int count = group.enumerate(found);
        return Arrays.stream(found, 0, count)
                // The JDK's own: the common pool, and the selector of an HttpClient, which Java 17 cannot close.
                .filter(thread -> !(thread instanceof ForkJoinWorkerThread)
                        && !thread.getName().startsWith("HttpClient-"))
                .toList();
    }

    /**
     * Like the platform's probe of endpoints that declare {@code rehearsed()}: with their examples, and rolled back.
     */
    @TestFactory
    Stream<DynamicTest> rehearsedEndpointsAnswerTheirExamples() {
        return endpoints().stream()
                .filter(e -> e.rehearsed() && stage.rehearses())
                .map(e -> DynamicTest.dynamicTest(
                        e.method() + " " + e.path(),
                        () -> within("rehearsal", () -> {
                            try {
                                stage.rehearse(e);
                            } catch (Rejection declared) {
                                // An endpoint that finds nothing under an example's id responds with its own error, and
                                // passes.
                                assertThat(declared.code()).isNotInstanceOf(EndpointError.class);
                            }
                            return null;
                        })));
    }

    private <T> T within(String what, Callable<T> work) {
        return within(threads, what, work);
    }

    private <T> T within(ThreadGroup group, String what, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(group, task, what);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            AssertionError slow = new AssertionError(what + " did not end within " + patience);
            slow.setStackTrace(thread.getStackTrace());
            thread.interrupt();
            throw slow;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new AssertionError(what + " failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String snakeCase(String javaName) {
        return javaName.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
