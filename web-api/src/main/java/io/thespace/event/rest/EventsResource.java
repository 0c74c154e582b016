package io.thespace.event.rest;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.event.EventView;
import io.thespace.event.Events;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/events}: what happened lately. */
@ApplicationScoped
@Governed
@Path("control-center/events")
@Tag(name = "Events")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EventsResource {

    private Events events;
    private CurrentCall call;

    public EventsResource() {}

    @Inject
    EventsResource(Events events, CurrentCall call) {
        this.events = events;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List recent events",
            description = "The events of the administrator's organization, newest first.")
    public Page<EventView> recent(
            @QueryParam("type") @Parameter(description = "Only events of this type, for example funds_transferred.")
                    String type,
            @QueryParam("plugin") @Parameter(description = "Only events that this plugin published.") String plugin,
            @QueryParam("since") @Parameter(description = "Only events recorded then or later.") Instant since) {
        String source = plugin == null ? null : "/plugins/" + plugin.replace('-', '_');
        return events.recent(call.actor(), new Events.Filter(type, source, null, since), call.page());
    }
}
