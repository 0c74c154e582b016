package io.thespace.plugin.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.plugin.api.Actions;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Directory;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Endpoint.Shape.Form;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Parameter;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.api.Sandbox;
import io.thespace.plugin.api.Upload;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * Runs a plugin for its tests as the platform would. Each organization is separate from all others, so tests that make
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
     * @param json the same as the client sees it; a missing node for an answer without JSON
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

        /** What to send as {@code cursor} for the next page; empty after the last one. */
        public Optional<String> nextCursor() {
            return Optional.ofNullable(((Page<?>) value).nextKey());
        }
    }

    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    private static final AtomicInteger REQUESTS = new AtomicInteger();

    private final Plugin plugin;
    private final Manifest manifest;

    /** Null when the plugin brings its own context, or asks for no database. */
    private final StageDatabase database;

    private final PluginContext context;
    private final List<Published> published = new CopyOnWriteArrayList<>();
    private final Map<UUID, Actor> members = new ConcurrentHashMap<>();

    /** What a test puts in the place of other plugins and of the platform; until then there is none. */
    private volatile Actions actions = (actor, plugin, action, params) -> {
        throw new Rejection(
                StageError.UNKNOWN_PATH, "There is no action " + action + " of " + plugin + " on this stage.");
    };

    private volatile Sandbox sandbox;

    /** Empty before the start and after the stop. */
    private List<Endpoint<?>> endpoints = List.of();

    private PluginStage(Plugin plugin, Manifest manifest, StageDatabase database, PluginContext brought) {
        this.plugin = plugin;
        this.manifest = manifest;
        this.database = database;
        this.context = brought == null ? context() : brought;
    }

    /** Runs the plugin's migrations and starts it. */
    public static PluginStage of(Plugin plugin) {
        PluginStage stage = prepare(plugin);
        stage.start();
        return stage;
    }

    /** Runs the plugin's migrations; it is not started yet. */
    public static PluginStage prepare(Plugin plugin) {
        Manifest manifest = Manifest.of(plugin);
        StageDatabase database = manifest.asksFor("database:schema")
                ? new StageDatabase(manifest.id(), plugin.getClass().getClassLoader())
                : null;
        return new PluginStage(plugin, manifest, database, null);
    }

    /**
     * For a plugin that brings what it runs on, such as a persistence unit of its own; it is not started yet, and nothing
     * is migrated.
     */
    public static PluginStage prepare(Plugin plugin, PluginContext context) {
        return new PluginStage(plugin, Manifest.of(plugin), null, context);
    }

    /** The same plugin once more, on what the one before left. */
    PluginStage next(Plugin again) {
        return new PluginStage(again, manifest, database, database == null ? context : null);
    }

    void start() {
        plugin.start(context);
        endpoints = List.copyOf(plugin.endpoints());
    }

    void stop() {
        endpoints = List.of();
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

    /** The plugin that stands on it, to ask it what no endpoint tells, such as its personal data. */
    public Plugin plugin() {
        return plugin;
    }

    List<Endpoint<?>> endpoints() {
        return endpoints;
    }

    /** Answers the actions of other plugins that the plugin calls. */
    public void actions(Actions others) {
        actions = others;
    }

    /** The sandbox that the plugin's synthetic users act in. */
    public void sandbox(Sandbox synthetic) {
        sandbox = synthetic;
    }

    /** Somebody in a new organization. */
    public Actor member(Role role) {
        return member(UUID.randomUUID(), role);
    }

    /** Somebody in the same organization. */
    public Actor colleague(Actor of, Role role) {
        return member(of.orgId(), role);
    }

    private Actor member(UUID orgId, Role role) {
        String request = "test-" + REQUESTS.incrementAndGet();
        Actor actor = new Actor(orgId, UUID.randomUUID(), role, null, request, null, "127.0.0.1", false);
        members.put(actor.userId(), actor);
        return actor;
    }

    /** Somebody without credentials. */
    public Actor anonymous() {
        return Actor.anonymous("test-" + REQUESTS.incrementAndGet(), null, "127.0.0.1");
    }

    /** The events of transactions that committed, in their order. */
    public List<Published> events() {
        return List.copyOf(published);
    }

    /**
     * Calls an endpoint that takes no body.
     *
     * @param request method and path below the plugin's root, for example {@code GET /notices?limit=10}
     * @throws Rejection as the endpoint or, with a {@link StageError}, the platform refuses
     */
    public Answer call(Actor actor, String request) {
        return call(actor, request, null, Optional.empty());
    }

    /**
     * Calls an endpoint with a body.
     *
     * @param body the declared record, or a JSON text to see what the platform makes of it
     */
    public Answer call(Actor actor, String request, Object body) {
        return call(actor, request, body, Optional.empty());
    }

    /** Calls an endpoint with a file. */
    public Answer call(Actor actor, String request, Object body, Upload upload) {
        return call(actor, request, body, Optional.of(upload));
    }

    private Answer call(Actor actor, String request, Object body, Optional<Upload> upload) {
        String[] words = request.split(" ", 2);
        String[] parts = words[1].split("\\?", 2);
        for (Endpoint<?> endpoint : endpoints) {
            Matcher path = Pattern.compile(endpoint.path().replaceAll("\\{[a-z_]+}", "([^/]+)"))
                    .matcher(parts[0]);
            if (endpoint.method().name().equals(words[0]) && path.matches()) {
                Map<String, String> query = parts.length == 1 ? Map.of() : query(parts[1]);
                return call(endpoint, actor, values(endpoint, path), query, body, upload);
            }
        }
        throw new Rejection(StageError.UNKNOWN_PATH, "There is no endpoint " + words[0] + " " + parts[0] + ".");
    }

    private static Map<String, String> query(String text) {
        return Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static Map<String, String> values(Endpoint<?> endpoint, Matcher path) {
        Map<String, String> values = new HashMap<>();
        Matcher names = Pattern.compile("\\{([a-z_]+)}").matcher(endpoint.path());
        for (int group = 1; names.find(); group++) {
            values.put(names.group(1), URLDecoder.decode(path.group(group), StandardCharsets.UTF_8));
        }
        return values;
    }

    private <B> Answer call(
            Endpoint<B> endpoint,
            Actor actor,
            Map<String, String> path,
            Map<String, String> query,
            Object body,
            Optional<Upload> upload) {
        if (endpoint.role() != null && !actor.signedIn()) {
            throw new Rejection(StageError.TOKEN_MISSING, "Sign in first.");
        }
        if (endpoint.role() != null && !actor.role().covers(endpoint.role())) {
            throw new Rejection(StageError.ROLE_MISSING, "This needs the role " + endpoint.role() + ".");
        }
        Map<String, Object> parameters = new HashMap<>();
        for (Parameter parameter : endpoint.parameters()) {
            String text = (parameter.in().path() ? path : query).get(parameter.name());
            if (text != null) {
                parameters.put(parameter.name(), value(parameter, text));
            }
        }
        PageRequest page = endpoint.answer().form() == Form.PAGE
                ? new PageRequest(
                        Integer.parseInt(query.getOrDefault("limit", "50")), Optional.ofNullable(query.get("cursor")))
                : null;
        return answer(endpoint, new Call<>(actor, decode(endpoint, body), parameters, page, upload, Optional.empty()));
    }

    /** Calls an endpoint with its own examples, and rolls back what it did. */
    <B> void rehearse(Endpoint<B> endpoint) throws Exception {
        Actor actor = member(endpoint.role() == null ? Role.GUEST : endpoint.role());
        Map<String, Object> parameters = new HashMap<>();
        endpoint.parameters().stream()
                .filter(parameter -> parameter.example() != null)
                .forEach(parameter -> parameters.put(parameter.name(), parameter.example()));
        PageRequest page = endpoint.answer().form() == Form.PAGE ? new PageRequest(50, Optional.empty()) : null;
        Call<B> call = new Call<>(actor, endpoint.bodyExample(), parameters, page, Optional.empty(), Optional.empty());
        database.rehearse(actor, connection -> answer(endpoint, call));
    }

    /** Whether there is a database in which a rehearsal can be rolled back. */
    boolean rehearses() {
        return database != null;
    }

    private static <B> Answer answer(Endpoint<B> endpoint, Call<B> call) {
        String name = endpoint.method() + " " + endpoint.path();
        Object result;
        try {
            result = endpoint.handler().handle(call);
        } catch (Rejection refusal) {
            String code = refusal.code().name();
            if (endpoint.refusals().stream()
                    .noneMatch(declared -> declared.name().equals(code))) {
                throw new AssertionError(name + " refuses with " + code + ", which it does not declare", refusal);
            }
            throw refusal;
        } catch (Exception e) {
            throw new AssertionError(name + " failed: " + e, e);
        }
        Endpoint.Shape shape = endpoint.answer();
        boolean asDeclared =
                switch (shape.form()) {
                    case NONE -> true;
                    case CONTENT -> result instanceof Content;
                    case ONE -> shape.type().isInstance(result);
                    case LIST ->
                        result instanceof Collection<?> items && items.stream().allMatch(shape.type()::isInstance);
                    case PAGE ->
                        result instanceof Page<?> items
                                && items.items().size() <= call.page().limit()
                                && items.items().stream().allMatch(shape.type()::isInstance);
                };
        if (!asDeclared) {
            throw new AssertionError("%s declares to answer %s of %s, and answers %s"
                    .formatted(name, shape.form(), shape.type(), result));
        }
        boolean json = shape.form() != Form.NONE && shape.form() != Form.CONTENT;
        return new Answer(shape.status(), result, json ? tree(Json.text(result)) : Json.MAPPER.missingNode());
    }

    private static JsonNode tree(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Parameter parameter, String text) {
        Class<?> type = parameter.type();
        try {
            if (type == String.class) {
                return text;
            } else if (type == UUID.class) {
                return UUID.fromString(text);
            } else if (type == Integer.class) {
                return Integer.valueOf(text);
            } else if (type == Boolean.class && (text.equals("true") || text.equals("false"))) {
                return Boolean.valueOf(text);
            } else if (type == Instant.class) {
                return Instant.parse(text);
            } else if (type.isEnum()) {
                return Arrays.stream(type.getEnumConstants())
                        .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new);
            }
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw Rejection.of(StageError.INVALID_REQUEST, parameter.name(), text + " is no " + type.getSimpleName());
        }
        throw new AssertionError(parameter.name() + " is declared as " + type + ", which no parameter can be");
    }

    /** The body as it comes out of JSON, so that a test sees what a client would. */
    static <B> B decode(Endpoint<B> endpoint, Object body) {
        if (endpoint.bodyType() == Void.class) {
            return null;
        }
        B decoded;
        try {
            decoded = Json.MAPPER.readValue(body instanceof String text ? text : Json.text(body), endpoint.bodyType());
        } catch (JsonProcessingException e) {
            throw new Rejection(StageError.INVALID_REQUEST, e.getOriginalMessage());
        }
        if (decoded == null) {
            throw new Rejection(StageError.INVALID_REQUEST, "The body must be a JSON object.");
        }
        List<FieldError> faults = VALIDATOR.validate(decoded).stream()
                .map(fault -> new FieldError(snakeCase(fault.getPropertyPath().toString()), fault.getMessage()))
                .toList();
        if (!faults.isEmpty()) {
            throw new Rejection(StageError.INVALID_REQUEST, faults.toString(), faults);
        }
        return decoded;
    }

    private static String snakeCase(String javaName) {
        return javaName.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private PluginContext context() {
        Events events = (actor, type, subject, data) -> {
            if (plugin.events().stream().noneMatch(declared -> declared.name().equals(type.name()))) {
                throw new AssertionError("The event " + type.name() + " is not among Plugin.events()");
            }
            if (!type.data().isInstance(data)) {
                throw new AssertionError("The event " + type.name() + " carries " + type.data() + ", not " + data);
            }
            Json.text(data);
            if (database == null) {
                throw new IllegalStateException("An event is published in a transaction, which needs database:schema");
            }
            database.afterCommit(() -> published.add(new Published(actor, type, subject, data)));
        };
        Directory directory = new Directory() {
            @Override
            public Optional<Person> find(Actor actor, UUID userId) {
                return Optional.ofNullable(members.get(userId))
                        .filter(member -> member.orgId().equals(actor.orgId()))
                        .map(PluginStage::person);
            }

            @Override
            public List<Person> administrators(Actor actor) {
                return members.values().stream()
                        .filter(member -> member.orgId().equals(actor.orgId()) && member.role() == Role.ADMIN)
                        .map(PluginStage::person)
                        .toList();
            }
        };
        return new PluginContext() {
            @Override
            public Events events() {
                return granted("events:publish", () -> events);
            }

            @Override
            public Directory directory() {
                return granted("directory:read", () -> directory);
            }

            @Override
            public Database database() {
                return granted("database:schema", () -> database);
            }

            @Override
            public Actions actions() {
                return (actor, plugin, action, params) ->
                        granted("actions:" + plugin, () -> actions).call(actor, plugin, action, params);
            }

            @Override
            public Sandbox sandbox() {
                return granted("sandbox", () -> sandbox);
            }
        };
    }

    private static Directory.Person person(Actor member) {
        return new Directory.Person(member.userId(), "Member " + member.userId());
    }

    private <T> T granted(String permission, Supplier<T> part) {
        if (!manifest.asksFor(permission)) {
            throw new IllegalStateException("This needs the permission " + permission + " in plugin.json");
        }
        return part.get();
    }
}
