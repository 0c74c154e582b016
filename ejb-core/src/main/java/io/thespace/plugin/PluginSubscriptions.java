package io.thespace.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.endpoint.EndpointError;
import io.thespace.event.EventView;
import io.thespace.event.relay.Delivery;
import io.thespace.event.relay.Interest;
import io.thespace.event.relay.Subscriber;
import io.thespace.event.relay.Subscribers;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Event;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.api.Subscription;
import io.thespace.tenant.Tenant;
import io.thespace.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Delivers events to the subscriptions of the plugins that run on this node: in the plugin's bulkhead, in one transaction with the
 * plugin's position.
 */
@ApplicationScoped
public class PluginSubscriptions implements Subscribers {

    /** The remainder of an event's data after an erasure. */
    private static final String ERASED = "{\"erased\": true}";

    @Inject
    private Plugins plugins;

    @Inject
    private Transactions transactions;

    @Override
    public List<Subscriber> subscribers() {
        return plugins.running().stream()
                .filter(plugin -> !plugin.subscriptions().isEmpty())
                .<Subscriber>map(plugin -> new PluginSubscriber(plugin, transactions))
                .toList();
    }

    /** The name of a plugin's position. */
    static String name(String plugin) {
        return "plugin:" + plugin;
    }

    /** The subscriptions of one plugin, with one position for all. */
    private record PluginSubscriber(RunningPlugin plugin, Transactions transactions) implements Subscriber {

        @Override
        public String name() {
            return PluginSubscriptions.name(plugin.id());
        }

        @Override
        public List<Interest> interests() {
            return plugin.subscriptions().stream()
                    .map(subscription -> new Interest(subscription.source(), subscription.type()))
                    .toList();
        }

        @Override
        public Outcome deliver(Delivery delivery) throws Exception {
            try {
                plugin.mount()
                        .bulkhead()
                        .run(() -> transactions.required(() -> {
                            handle(delivery);
                            return null;
                        }));
                return Outcome.DELIVERED;
            } catch (Rejection e) {
                if (e.code() == EndpointError.PLUGIN_GONE || e.code() == EndpointError.PLUGIN_BUSY) {
                    return Outcome.UNAVAILABLE;
                }
                throw e;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw e;
            }
        }

        @SuppressWarnings("try") // the tenant is bound as long as it is open
        private void handle(Delivery delivery) throws Exception {
            EventView event = delivery.event();
            Actor actor = new Actor(
                    delivery.orgId(), null, Role.ADMIN, null, event.requestId(), null, null, event.synthetic());
            Log.actor(actor);
            try (Tenant tenant = Tenant.bind(delivery.orgId())) {
                for (Subscription<?> subscription : plugin.subscriptions()) {
                    if (subscription.type().equals(event.type())
                            && (subscription.source() == null
                                    || subscription.source().equals(event.source()))) {
                        handle(subscription, actor, event, plugin.mount().mapper());
                    }
                }
                delivery.acknowledge();
            } finally {
                Log.actor(null);
            }
        }

        private static <T> void handle(Subscription<T> subscription, Actor actor, EventView event, ObjectMapper mapper)
                throws Exception {
            subscription
                    .handler()
                    .handle(
                            actor,
                            new Event<>(
                                    event.id(),
                                    event.source(),
                                    event.type(),
                                    event.subject(),
                                    event.time(),
                                    event.actorId(),
                                    event.requestId(),
                                    event.synthetic(),
                                    data(subscription.data(), event.data(), mapper)));
        }

        private static <T> T data(Class<T> type, String json, ObjectMapper mapper) throws JsonProcessingException {
            return json.equals(ERASED)
                    ? null
                    : mapper.readerFor(type)
                            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                            .readValue(json);
        }
    }
}
