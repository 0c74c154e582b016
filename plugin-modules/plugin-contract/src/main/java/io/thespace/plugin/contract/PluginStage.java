package io.thespace.plugin.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Mount;
import io.thespace.endpoint.Request;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.StandalonePipeline;
import io.thespace.identity.key.Secrets;
import io.thespace.json.Json;
import io.thespace.plugin.Manifest;
import io.thespace.plugin.api.Actions;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Event;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.api.Sandbox;
import io.thespace.plugin.api.Subscription;
import io.thespace.plugin.api.Upload;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * Runs a plugin for its tests as the platform does: with the platform's own pipeline of calls, on a database with the
 * plugin's schema. What needs the platform's database is missing: limits, audit records, idempotency keys. Each organization is separate from all others, so tests that make
 * their own {@link #member} can share a stage.
 *
 * <pre>{@code
 * try (PluginStage stage = PluginStage.of(new NoticeBoard())) {
 *     Actor alice = stage.member(Role.USER);
 *     stage.call(alice, "POST /notices", new NoticeOrder("Hello", "World"));
 *     assertThat(stage.call(alice, "GET /notices?limit=10").items(NoticeView.class)).hasSize(1);
 * }
 * }</pre>
 */
public final class PluginStage implements AutoCloseable {

    /** An event that was published, because its transaction committed. */
    public record Published(Actor actor, EventType type, String subject, Object data) {}

    /**
     * A success.
     *
     * @param value what the handler returned
     * @param json its JSON as sent to the client; a missing node for a response without JSON
     */
    public record Answer(int status, Object value, JsonNode json) {

        /** The answer as the record that the endpoint declares. */
        public <T> T as(Class<T> type) {
            return type.cast(value);
        }

        /** The items of a list or of a page. */
        public <T> List<T> items(Class<T> type) {
            Collection<?> items = value instanceof Page<?> page ? page.items() : (Collection<?>) value;
            return items.stream().map(type::cast).toList();
        }

        /** Returns the {@code cursor} of the next page; empty after the last one. */
        public Optional<String> nextCursor() {
            return Optional.ofNullable(json.path("next_cursor").textValue());
        }
    }

    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    /** Signs cursors, for as long as this process lasts. */
    private static final Secrets SECRETS = new Secrets() {
        private final byte[] secret = new SecureRandom().generateSeed(32);

        @Override
        public byte[] secret(String name) {
            return secret.clone();
        }
    };

    private static final AtomicInteger REQUESTS = new AtomicInteger();

    private final Plugin plugin;
    private final Manifest manifest;

    /** Null when the plugin has its own context, or needs no database. */
    private final StageDatabase database;

    private final StageContext stageContext;
    private final PluginContext context;

    /** Empty before the start and after the stop. */
    private List<Endpoint<?>> endpoints = List.of();

    /** Null until it is used: that two endpoints share a path is for {@link PluginContract} to report. */
    private StandalonePipeline pipeline;

    private PluginStage(Plugin plugin, Manifest manifest, StageDatabase database, PluginContext brought) {
        this.plugin = plugin;
        this.manifest = manifest;
        this.database = database;
        this.stageContext = new StageContext(plugin, manifest, database);
        this.context = brought == null ? stageContext : brought;
    }

    /** Runs the plugin's migrations and starts it. */
    public static PluginStage of(Plugin plugin) {
        PluginStage stage = prepare(plugin);
        stage.start();
        return stage;
    }

    /** Runs the plugin's migrations; it is not started yet. */
    public static PluginStage prepare(Plugin plugin) {
        Manifest manifest = manifest(plugin);
        StageDatabase database = manifest.permissions().contains("database:schema")
                ? new StageDatabase(manifest.id(), plugin.getClass().getClassLoader())
                : null;
        return new PluginStage(plugin, manifest, database, null);
    }

    /**
     * For a plugin that brings what it runs on, such as a persistence unit of its own; it is not started yet, and nothing
     * is migrated.
     */
    public static PluginStage prepare(Plugin plugin, PluginContext context) {
        return new PluginStage(plugin, manifest(plugin), null, context);
    }

    /** The same plugin once more, on what the one before left. */
    PluginStage next(Plugin again) {
        return new PluginStage(again, manifest, database, database == null ? context : null);
    }

    /** The manifest beside the plugin's class or, as in an archive, in the root. */
    private static Manifest manifest(Plugin plugin) {
        Class<?> type = plugin.getClass();
        try (InputStream beside = type.getResourceAsStream("plugin.json");
                InputStream root = type.getResourceAsStream("/plugin.json")) {
            InputStream json = beside == null ? root : beside;
            if (json == null) {
                throw new AssertionError("There is no plugin.json on the tests' class path: make src/main/plugin a"
                        + " folder of test resources, as docs/PLUGIN_AUTHORING.md shows.");
            }
            return Json.MAPPER.readValue(json.readAllBytes(), Manifest.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError("plugin.json: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        plugin.start(context);
        endpoints = List.copyOf(plugin.endpoints());
    }

    void stop() {
        endpoints = List.of();
        pipeline = null;
        plugin.stop();
    }

    /** Stops the plugin and deletes its data. */
    @Override
    public void close() {
        if (!endpoints.isEmpty()) {
            stop();
        }
        if (database != null) {
            database.close();
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /** Returns the plugin, for access to what no endpoint exposes, such as its personal data. */
    public Plugin plugin() {
        return plugin;
    }

    List<Endpoint<?>> endpoints() {
        return endpoints;
    }

    /** The plugin's database, for rows that its endpoints do not write, such as those of earlier versions. */
    public Database database() {
        return context.database();
    }

    /** Answers the actions of other plugins that the plugin calls. */
    public void actions(Actions others) {
        stageContext.actions(others);
    }

    /** The sandbox that the plugin's synthetic users act in. */
    public void sandbox(Sandbox synthetic) {
        stageContext.sandbox(synthetic);
    }

    /** A user in a new organization. */
    public Actor member(Role role) {
        return member(UUID.randomUUID(), role);
    }

    /** A user in the same organization. */
    public Actor colleague(Actor of, Role role) {
        return member(of.orgId(), role);
    }

    private Actor member(UUID orgId, Role role) {
        String request = "test-" + REQUESTS.incrementAndGet();
        Actor actor = new Actor(orgId, UUID.randomUUID(), role, null, request, null, "127.0.0.1", false);
        stageContext.add(actor);
        return actor;
    }

    /** An unauthenticated caller. */
    public Actor anonymous() {
        return Actor.anonymous("test-" + REQUESTS.incrementAndGet(), null, "127.0.0.1");
    }

    /** The events of transactions that committed, in their order. */
    public List<Published> events() {
        return stageContext.published();
    }

    /** Delivers an event that the plugin published to its own subscriptions, in one transaction, as the platform does. */
    public void deliver(Published event) {
        deliver("/plugins/" + manifest.id(), event);
    }

    /**
     * Delivers an event to the plugin's subscriptions.
     *
     * @param source the publisher, for example {@code /plugins/financial_business}
     */
    public void deliver(String source, Published event) {
        Callable<Void> handling = () -> {
            for (Subscription<?> subscription : plugin.subscriptions()) {
                if (subscription.type().equals(event.type().name())
                        && (subscription.source() == null
                                || subscription.source().equals(source))) {
                    handle(subscription, source, event);
                }
            }
            return null;
        };
        try {
            if (database == null) {
                handling.call();
            } else {
                database.inTransaction(handling);
            }
        } catch (Exception e) {
            throw new AssertionError("The handler of " + event.type().name() + " failed: " + e, e);
        }
    }

    private static <T> void handle(Subscription<T> subscription, String source, Published event) throws Exception {
        Actor cause = event.actor();
        T data = Json.MAPPER
                .readerFor(subscription.data())
                .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(json(event.data()));
        subscription
                .handler()
                .handle(
                        Actor.platform(cause.orgId(), cause.requestId()),
                        new Event<>(
                                UUID.randomUUID(),
                                source,
                                event.type().name(),
                                event.subject(),
                                Instant.now(),
                                cause.userId(),
                                cause.requestId(),
                                cause.synthetic(),
                                data));
    }

    /**
     * Calls an endpoint that takes no body.
     *
     * @param request method and path below the plugin's root, for example {@code GET /notices?limit=10}
     * @throws Rejection as the endpoint or, with an {@link EndpointError}, the platform refuses
     */
    public Answer call(Actor actor, String request) {
        return call(actor, request, null, null);
    }

    /**
     * Calls an endpoint with a body.
     *
     * @param body the declared record, or a JSON text to see what the platform makes of it
     */
    public Answer call(Actor actor, String request, Object body) {
        return call(actor, request, body, null);
    }

    /** Calls an endpoint with a file. */
    public Answer call(Actor actor, String request, Object body, Upload upload) {
        String[] words = request.split(" ", 2);
        String[] parts = words[1].split("\\?", 2);
        String path = "/api/plugins/" + manifest.id() + parts[0];
        List<String> segments = Arrays.stream(path.substring(1).split("/", -1))
                .map(segment -> decoded(segment.replace("+", "%2B")))
                .toList();
        Map<String, String> query = parts.length == 1 ? Map.of() : query(parts[1]);
        Route route = pipeline().route(words[0], segments);
        Request sent = new Request(route.pathParameters(segments), query, bytes(body), null, upload);
        boolean joined = database != null
                && route.endpoint().method() != Method.GET
                && !route.endpoint().ownTransactions();
        return CallObserver.answer(
                route.endpoint(),
                observed -> joined
                        ? database.inTransaction(() -> call(observed, actor, sent))
                        : call(observed, actor, sent));
    }

    private static Map<String, String> query(String text) {
        return Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> pair.length == 1 ? "" : decoded(pair[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Object body) {
        if (body == null) {
            return new byte[0];
        }
        return (body instanceof String text ? text : json(body)).getBytes(StandardCharsets.UTF_8);
    }

    private synchronized StandalonePipeline pipeline() {
        if (pipeline == null) {
            Mount mount = new Mount(manifest.id(), Json.separate(), VALIDATOR, null);
            pipeline = new StandalonePipeline(mount, endpoints, SECRETS);
        }
        return pipeline;
    }

    private io.thespace.endpoint.Answer call(Endpoint<?> endpoint, Actor actor, Request request) {
        return pipeline().call(pipeline().route(endpoint), actor, request);
    }

    /** Calls an endpoint with its own examples, and rolls back what it did. */
    void rehearse(Endpoint<?> endpoint) throws JsonProcessingException {
        Actor caller = member(endpoint.role() == null ? Role.GUEST : endpoint.role());
        Actor actor = endpoint.permission() == null ? caller : caller.with(Set.of(endpoint.permission()));
        Request example = pipeline()
                .example(pipeline().route(endpoint))
                .orElseThrow(() -> new AssertionError(
                        CallObserver.name(endpoint) + " needs an example of its path and of its body"));
        CallObserver.answer(endpoint, observed -> database.rolledBack(() -> call(observed, actor, example)));
    }

    /** Whether there is a database in which a rehearsal can be rolled back. */
    boolean rehearses() {
        return database != null;
    }

    /** Decodes a body as if it had been sent as JSON. */
    <B> B decode(Endpoint<B> endpoint, B body) {
        return pipeline().body(endpoint, bytes(body));
    }

    /** A value as the platform writes it. */
    static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(value.getClass() + " cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
