package io.thespace.plugin.contract;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.Manifest;
import io.thespace.plugin.api.Actions;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Directory;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.api.Sandbox;
import io.thespace.plugin.contract.PluginStage.Published;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The platform as a plugin on a stage sees it: members of the stage's organizations, a database, events in a list. */
final class StageContext implements PluginContext {

    private final Plugin plugin;
    private final Manifest manifest;

    /** Null when the plugin has its own context, or needs no database. */
    private final StageDatabase database;

    private final List<Published> published = new CopyOnWriteArrayList<>();
    private final Map<UUID, Actor> members = new ConcurrentHashMap<>();

    /** Replacements of other plugins and of the platform, set by a test; null by default. */
    private volatile Actions actions = (actor, plugin, action, params) -> {
        throw new Rejection(
                EndpointError.UNKNOWN_ACTION, "There is no action " + action + " of " + plugin + " on this stage.");
    };

    private volatile Sandbox sandbox;

    StageContext(Plugin plugin, Manifest manifest, StageDatabase database) {
        this.plugin = plugin;
        this.manifest = manifest;
        this.database = database;
    }

    void add(Actor member) {
        members.put(member.userId(), member);
    }

    /** The events of transactions that committed, in their order. */
    List<Published> published() {
        return List.copyOf(published);
    }

    void actions(Actions others) {
        actions = others;
    }

    void sandbox(Sandbox synthetic) {
        sandbox = synthetic;
    }

    @Override
    public Events events() {
        return granted("events:publish", () -> this::publish);
    }

    private void publish(Actor actor, EventType type, String subject, Object data) {
        if (plugin.events().stream().noneMatch(declared -> declared.name().equals(type.name()))) {
            throw new AssertionError("The event " + type.name() + " is not among Plugin.events()");
        }
        if (!type.data().isInstance(data)) {
            throw new AssertionError("The event " + type.name() + " carries " + type.data() + ", not " + data);
        }
        PluginStage.json(data);
        if (database == null) {
            throw new IllegalStateException("An event is published in a transaction, which needs database:schema");
        }
        database.afterCommit(() -> published.add(new Published(actor, type, subject, data)));
    }

    @Override
    public Directory directory() {
        return granted("directory:read", Members::new);
    }

    @Override
    public Database database() {
        return granted("database:schema", () -> database);
    }

    @Override
    public Actions actions() {
        return (actor, other, action, params) ->
                granted("actions:" + other, () -> actions).call(actor, other, action, params);
    }

    @Override
    public Sandbox sandbox() {
        return granted("sandbox", () -> sandbox);
    }

    private <T> T granted(String permission, Supplier<T> part) {
        if (!manifest.permissions().contains(permission)) {
            throw new IllegalStateException("This needs the permission " + permission + " in plugin.json");
        }
        return part.get();
    }

    /** The members of the stage's organizations. */
    private final class Members implements Directory {

        @Override
        public Optional<Person> find(Actor actor, UUID userId) {
            return Optional.ofNullable(members.get(userId))
                    .filter(member -> member.orgId().equals(actor.orgId()))
                    .map(Members::person);
        }

        @Override
        public List<Person> administrators(Actor actor) {
            return members.values().stream()
                    .filter(member -> member.orgId().equals(actor.orgId()) && member.role() == Role.ADMIN)
                    .map(Members::person)
                    .toList();
        }

        private static Person person(Actor member) {
            return new Person(member.userId(), "Member " + member.userId());
        }
    }
}
