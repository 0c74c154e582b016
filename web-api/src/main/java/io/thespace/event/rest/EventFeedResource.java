package io.thespace.event.rest;

import static io.thespace.event.EventError.CURSOR_EXPIRED;
import static io.thespace.event.EventError.EVENT_INVALID;
import static io.thespace.event.EventError.EVENT_TYPE_CLOSED;
import static io.thespace.event.EventError.EVENT_TYPE_UNKNOWN;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tool;
import io.thespace.event.CloudEvent;
import io.thespace.event.EventError;
import io.thespace.event.EventOrder;
import io.thespace.event.Events;
import io.thespace.event.Publications;
import io.thespace.event.PublishedType;
import io.thespace.openapi.DataSchemas;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/system/events}: all events, to be read on and on, and what callers publish. */
@ApplicationScoped
@Governed
@Path("system/events")
@Tag(name = "Events")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EventFeedResource {

    private Events events;
    private Publications publications;
    private CurrentCall call;

    public EventFeedResource() {}

    @Inject
    EventFeedResource(Events events, Publications publications, CurrentCall call) {
        this.events = events;
        this.publications = publications;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "Read events in their order",
            description = "The events of the administrator's organization as CloudEvents 1.0, in the order in which"
                    + " they are delivered to subscribers, the oldest first. `next_cursor` is never null: with the last"
                    + " one, later events are read as they come. A filtered page may be empty although more follow. A"
                    + " cursor before events that are no longer kept is refused with 410.")
    @EventError.Refuses(CURSOR_EXPIRED)
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

    @POST
    @Operation(
            summary = "Publish an event",
            description = "Of a type whose `publisher` in `GET /api/system/event-types` is the caller's role or a lower"
                    + " one. The data are validated by the type's JSON Schema. The event is delivered as any other.")
    @APIResponse(responseCode = "201")
    @Requires(role = Role.USER)
    @Idempotent
    @EventError.Refuses({EVENT_TYPE_UNKNOWN, EVENT_TYPE_CLOSED, EVENT_INVALID})
    @Tool("event_publish")
    public CloudEvent publish(@Valid EventOrder order) {
        PublishedType type = publications.type(call.actor(), order);
        return publications.publish(
                call.actor(), type, DataSchemas.of(type.type().data()), order);
    }
}
