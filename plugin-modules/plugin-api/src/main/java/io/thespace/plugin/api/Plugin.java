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

    /** Called once, before the first call of an endpoint. An exception leaves the plugin out of service, with its message as the reason. */
    void start(PluginContext context);

    /** The endpoints of the plugin; called once, after {@link #start}. */
    List<Endpoint<?>> endpoints();

    /** The events that this plugin publishes. */
    default List<EventType> events() {
        return List.of();
    }

    /** The events that this plugin processes; called once, after {@link #start}. */
    default List<Subscription<?>> subscriptions() {
        return List.of();
    }

    /** Access to the personal data that this plugin stores; empty by default. */
    default PersonalData personalData() {
        return PersonalData.NONE;
    }

    /** The current health; called often, so it must return within milliseconds. */
    default Health health() {
        return Health.OK;
    }

    /** Called once, after the last call of an endpoint has ended. */
    default void stop() {}
}
