package io.thespace.event.rest;

import io.thespace.endpoint.Resource;
import io.thespace.event.EventView;
import io.thespace.event.Events;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What happened lately. */
@ApplicationScoped
class EventsResource implements Resource {

    private Events events;

    EventsResource() {}

    @Inject
    EventsResource(Events events) {
        this.events = events;
    }

    @Override
    public String group() {
        return "Events";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(Endpoint.get("/control-center/events")
                .summary("List recent events")
                .description("The events of the administrator's organization, newest first.")
                .query("type", String.class, "Only events of this type, for example funds_transferred.")
                .query("plugin", String.class, "Only events that this plugin published.")
                .query("since", Instant.class, "Only events recorded then or later.")
                .role(Role.ADMIN)
                .answersPage(
                        EventView.class,
                        new EventView(
                                UUID.fromString("019a0000-0000-7000-8000-000000000010"),
                                "/plugins/financial_business",
                                "funds_transferred",
                                "019a0000-0000-7000-8000-000000000020",
                                Instant.parse("2026-01-31T12:00:00Z"),
                                UUID.fromString("019a0000-0000-7000-8000-000000000002"),
                                "019a0000-0000-7000-8000-000000000030",
                                false,
                                "{\"amount\":100.00,\"currency\":\"USD\"}"))
                .handler(this::recent));
    }

    private Object recent(Call<Void> call) {
        String source = call.query("plugin", String.class)
                .map(id -> "/plugins/" + id.replace('-', '_'))
                .orElse(null);
        Events.Filter filter = new Events.Filter(
                call.query("type", String.class).orElse(null),
                source,
                call.query("since", Instant.class).orElse(null));
        return events.recent(call.actor(), filter, call.page());
    }
}
