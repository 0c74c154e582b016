package io.thespace.event.rest;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tool;
import io.thespace.event.CloudEvent;
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

/** {@code /api/system/events}: all events, to be read on and on. */
@ApplicationScoped
@Governed
@Path("system/events")
@Tag(name = "Events")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EventFeedResource {

    private Events events;
    private CurrentCall call;

    public EventFeedResource() {}

    @Inject
    EventFeedResource(Events events, CurrentCall call) {
        this.events = events;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "Read events in their order",
            description = "The events of the administrator's organization as CloudEvents 1.0, in the order in which"
                    + " they are delivered to subscribers, the oldest first. `next_cursor` is never null: with the last"
                    + " one, later events are read as they come. A filtered page may be empty although more follow.")
    @Tool("event_list")
    public Page<CloudEvent> feed(
            @QueryParam("type") @Parameter(description = "Only events of this type, for example funds_transferred.")
                    String type,
            @QueryParam("source")
                    @Parameter(description = "Only events from this source, for example /plugins/financial_business.")
                    String source,
            @QueryParam("subject") @Parameter(description = "Only events about this subject.") String subject,
            @QueryParam("since") @Parameter(description = "Only events recorded then or later.") Instant since) {
        return events.feed(call.actor(), new Events.Filter(type, source, subject, since), call.page());
    }
}
