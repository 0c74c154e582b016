package io.thespace.plugin.api;

import java.util.List;

/**
 * The unit of extension. A bundled plugin is a CDI bean; one installed at run time is made through its public no-argument
 * constructor. Its manifest {@code plugin.json} lies beside its class, its Flyway migrations in {@code
 * db/migration/{id}}.
 *
 * <p>Life: its migrations run, then {@link #start}; from then on its endpoints answer, until {@link #stop}.
 */
public interface Plugin {

    /** Called once, before any endpoint answers. What it throws keeps the plugin out of service, with that reason. */
    void start(PluginContext context);

    /** What the plugin answers; asked for once, after {@link #start}. */
    List<Endpoint<?>> endpoints();

    /** The events that this plugin publishes. */
    default List<EventType> events() {
        return List.of();
    }

    /** The events that this plugin processes; asked for once, after {@link #start}. */
    default List<Subscription<?>> subscriptions() {
        return List.of();
    }

    /** What this plugin holds about people; a plugin that holds nothing has nothing to give and nothing to erase. */
    default PersonalData personalData() {
        return PersonalData.NONE;
    }

    /** How it is now; called often, so it answers within milliseconds. */
    default Health health() {
        return Health.OK;
    }

    /** Called once, after the last call of an endpoint has ended. */
    default void stop() {}
}
