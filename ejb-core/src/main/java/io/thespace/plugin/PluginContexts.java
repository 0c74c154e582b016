package io.thespace.plugin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.endpoint.Actions;
import io.thespace.endpoint.Answer;
import io.thespace.identity.plugin.Sandboxes;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Directory;
import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes the contexts through which plugins reach the platform, within the permissions of their manifests. */
@ApplicationScoped
class PluginContexts {

    @Inject
    private PluginDatabase database;

    @Inject
    private PluginSessions sessions;

    @Inject
    private Directory directory;

    @Inject
    private Actions actions;

    @Inject
    private Sandboxes sandboxes;

    /** The context of a plugin that is about to start. One that works in sessions of its own may have them from now on. */
    PluginContext of(Code code) {
        Manifest manifest = code.manifest();
        String id = manifest.id();
        boolean installed = code.sha256() != null;
        boolean ownSessions = installed && manifest.permissions().contains("database:schema");
        ObjectMapper mapper = Json.separate();
        if (ownSessions) {
            sessions.open(id);
        }
        Events events = ownSessions
                ? (actor, type, subject, data) -> sessions.publish(id, actor, type, subject, data, mapper)
                : (actor, type, subject, data) -> {
                    checkTenant(installed, id, actor);
                    database.publish(id, actor, type, subject, data, mapper);
                };
        Database own = new Database() {
            @Override
            public <T> T transact(Actor actor, Work<T> work) throws SQLException {
                return ownSessions ? sessions.transact(id, actor, work) : database.transact(id, actor, work);
            }
        };
        Directory people = new Directory() {
            @Override
            public Optional<Person> find(Actor actor, UUID userId) {
                checkTenant(installed, id, actor);
                return directory.find(actor, userId);
            }

            @Override
            public List<Person> administrators(Actor actor) {
                checkTenant(installed, id, actor);
                return directory.administrators(actor);
            }
        };
        return new PluginContext() {
            @Override
            public Events events() {
                return permitted("events:publish", events);
            }

            @Override
            public Directory directory() {
                return permitted("directory:read", people);
            }

            @Override
            public Database database() {
                return permitted("database:schema", own);
            }

            @Override
            public io.thespace.plugin.api.Actions actions() {
                return (actor, plugin, action, params) -> {
                    checkTenant(installed, id, actor);
                    Answer answer =
                            permitted("actions:" + plugin, actions).call(actor, plugin, action, params, null, mapper);
                    return new Content(
                            answer.mediaType() == null ? "application/json" : answer.mediaType(),
                            answer.body(),
                            answer.headers());
                };
            }

            @Override
            public Sandbox sandbox() {
                return permitted("sandbox", sandboxes.of(id));
            }

            private <T> T permitted(String permission, T part) {
                if (!manifest.permissions().contains(permission)) {
                    throw new IllegalStateException("it needs the permission " + permission + " in its plugin.json");
                }
                return part;
            }
        };
    }

    /** Bundled plugins may act for tenants other than the call's, such as the simulator's users. */
    private static void checkTenant(boolean installed, String id, Actor actor) {
        if (installed) {
            PluginSessions.checkTenant(id, actor);
        }
    }
}
