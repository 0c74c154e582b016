package io.thespace.plugin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.event.Outbox;
import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database.Work;
import io.thespace.plugin.api.EventType;
import io.thespace.tenant.RoleSession;
import io.thespace.tenant.SpaceDataSource;
import io.thespace.tenant.Tenant;
import io.thespace.transaction.Transactions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The database as an installed plugin sees it: sessions of its own role, each bound to the tenant of the call for one transaction
 * (ADR 0029). Not a session bean: a plugin's work may never return.
 */
@ApplicationScoped
public class PluginSessions {

    private final Map<String, SessionPool> pools = new ConcurrentHashMap<>();

    @Inject
    private Migrations migrations;

    @Inject
    private Installations installations;

    @Inject
    private Transactions transactions;

    @Inject
    private Outbox outbox;

    /** Enables sessions for a plugin; those of an earlier version continue. */
    void open(String plugin) {
        pools.computeIfAbsent(plugin, id -> {
            Configuration configuration = Configuration.get();
            String role = migrations.role(id);
            return new SessionPool(
                    id,
                    role,
                    SpaceDataSource.session(configuration, role, id),
                    installations.callKey(),
                    configuration.get(Key.PLUGIN_CONNECTIONS));
        });
    }

    /** Closes the sessions of all plugins but these. */
    void retain(Set<String> plugins) {
        pools.keySet().stream().filter(id -> !plugins.contains(id)).forEach(this::close);
    }

    /** Closes the sessions of a plugin, those of calls that did not end included. */
    void close(String plugin) {
        SessionPool pool = pools.remove(plugin);
        if (pool != null) {
            pool.close();
        }
    }

    @PreDestroy
    void closeAll() {
        pools.keySet().forEach(this::close);
    }

    /**
     * As {@link io.thespace.plugin.api.Database#transact}.
     *
     * @throws IllegalStateException when the actor is of another organization than the call that this thread works for
     */
    public <T> T transact(String plugin, Actor actor, Work<T> work) throws SQLException {
        return inTransaction(plugin, actor, () -> work.run(join(plugin, actor).connection()));
    }

    /** Writes an event of a plugin in the transaction of its cause, in the same session. */
    public void publish(String plugin, Actor actor, EventType type, String subject, Object data, ObjectMapper mapper) {
        String json = Outbox.json(type, data, mapper);
        try {
            inTransaction(plugin, actor, () -> {
                join(plugin, actor);
                outbox.publishJson(actor, "/plugins/" + plugin, type.name(), subject, json);
                return null;
            });
        } catch (SQLException e) {
            throw new IllegalStateException("The event " + type.name() + " could not be written", e);
        }
    }

    private RoleSession join(String plugin, Actor actor) throws SQLException {
        SessionPool pool = pools.get(plugin);
        if (pool == null) {
            throw new IllegalStateException("The plugin " + plugin + " is stopped");
        }
        return RoleSession.join(pool.role(), actor.orgId(), pool::lend);
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private <T> T inTransaction(String plugin, Actor actor, Callable<T> work) throws SQLException {
        checkTenant(plugin, actor);
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            return transactions.required(work);
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The transaction of the plugin " + plugin + " failed", e);
        }
    }

    /** A plugin can create an actor of any organization; within a call only the call's own organization is accepted. */
    static void checkTenant(String plugin, Actor actor) {
        Optional<UUID> bound = Tenant.current();
        if (bound.isPresent() && !bound.get().equals(actor.orgId())) {
            throw new IllegalStateException(
                    "The plugin " + plugin + " acts in another organization than that of the call");
        }
    }
}
