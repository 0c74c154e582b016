package io.thespace.mirrorcore;

import io.thespace.plugin.api.Actions;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Directory;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.api.Sandbox;
import io.thespace.plugin.contract.UnitDatabase;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The plugin's tables on a real PostgreSQL, shared by all tests of this module; each test works in its own organization. */
final class Conversations {

    private static final UnitDatabase DATABASE = new UnitDatabase("mirrorcore", Map.of());

    /** Loaded once for all tests. */
    static final Models MODELS = new Models(work -> {
        Thread thread = new Thread(work, "models");
        thread.setDaemon(true);
        return thread;
    });

    static {
        MODELS.open();
    }

    /** An event as it was published. */
    record Published(EventType type, String subject, Object data) {}

    private static final AtomicInteger REQUESTS = new AtomicInteger();

    final UUID orgId = UUID.randomUUID();
    final Actor admin = actor(Role.ADMIN);
    final Actor alice = actor(Role.USER);
    final Actor bob = actor(Role.USER);

    /** Published by transactions that committed, and by those that did not. */
    final List<Published> published = Collections.synchronizedList(new ArrayList<>());

    final PluginContext context = new PluginContext() {
        @Override
        public Events events() {
            return (actor, type, subject, data) -> published.add(new Published(type, subject, data));
        }

        @Override
        public Directory directory() {
            throw new UnsupportedOperationException("Nobody is looked up");
        }

        @Override
        public Database database() {
            throw new UnsupportedOperationException("There is a persistence unit of its own");
        }

        @Override
        public Actions actions() {
            throw new UnsupportedOperationException("No other plugin is called");
        }

        @Override
        public Sandbox sandbox() {
            throw new UnsupportedOperationException("Nobody is simulated");
        }
    };

    private final Platform platform = new Platform();

    Conversations() {
        platform.open(context);
    }

    private Actor actor(Role role) {
        return new Actor(orgId, UUID.randomUUID(), role, null, "test-" + REQUESTS.incrementAndGet(), null, null, false);
    }

    static <T> T in(UUID orgId, Function<EntityManager, T> work) {
        return DATABASE.in(orgId, work);
    }

    <T> T sessions(Function<Sessions, T> work) {
        return in(orgId, entities -> work.apply(new Sessions(entities, platform)));
    }

    <T> T turns(Function<Turns, T> work) {
        return in(orgId, entities -> work.apply(new Turns(entities, MODELS)));
    }

    <T> T people(Function<MirrorPersonalData, T> work) {
        return in(orgId, entities -> work.apply(new MirrorPersonalData(entities)));
    }

    <T> T settings(Function<Settings, T> work) {
        return in(orgId, entities -> work.apply(new Settings(entities)));
    }

    UUID open(Actor actor, String title) {
        return sessions(s -> s.open(actor, new SessionOrder(title))).sessionId();
    }

    TurnView say(Actor actor, UUID session, String speaker, String text) {
        return turns(t -> t.add(actor, session, new TurnOrder(speaker, text)));
    }

    MetricsView metrics(UUID session) {
        return sessions(s -> s.metrics(alice, session));
    }

    /** Changes rows as only the owner of the tables can. */
    static void asOwner(String sql) throws SQLException {
        try (Connection owner = DATABASE.owner().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
