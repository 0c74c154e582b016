package {{package}};

import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The plugin {@code {{id}}}. */
public final class {{Type}} implements Plugin {

    private static final ItemView EXAMPLE = new ItemView(
            UUID.fromString("018f9a3e-1c00-7a10-8b7e-6f3d2c1b0a01"), "First", Instant.parse("2026-01-31T09:30:00.125Z"));

    private Items items;

    @Override
    public void start(PluginContext context) {
        items = new Items(context.database(), context.events());
    }

    @Override
    public List<EventType> events() {
        return List.of(ItemAdded.TYPE);
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/items")
                        .summary("Items, the newest first")
                        .description("The items of the caller's organization.")
                        .answersPage(ItemView.class, EXAMPLE)
                        .rehearsed()
                        .handler(call -> items.page(call.actor(), call.page())),
                Endpoint.post("/items")
                        .body(ItemOrder.class, new ItemOrder("First"))
                        .summary("Add an item")
                        .description("Adds an item to the caller's organization. Send an Idempotency-Key to make a"
                                + " repetition safe: it gets the first answer.")
                        .creates(ItemView.class, EXAMPLE)
                        .refuses(ItemError.NAME_TAKEN)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> items.add(call.actor(), call.body())));
    }
}
