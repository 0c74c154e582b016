package io.thespace.event.rest;

import static io.thespace.event.EventError.SUBSCRIBER_NOT_FOUND;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Requires;
import io.thespace.event.EventError;
import io.thespace.event.relay.EventSubscriberView;
import io.thespace.event.relay.EventSubscribers;
import io.thespace.event.relay.ReplayReceipt;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/event-subscribers}: how far events are delivered. */
@ApplicationScoped
@Governed
@Path("control-center/event-subscribers")
@Tag(name = "Events")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EventSubscribersResource {

    private EventSubscribers subscribers;
    private CurrentCall call;

    public EventSubscribersResource() {}

    @Inject
    EventSubscribersResource(EventSubscribers subscribers, CurrentCall call) {
        this.subscribers = subscribers;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the subscribers of events",
            description = "How far each is behind, and how many events failed: those that are attempted again, those"
                    + " that are parked, and those that wait behind them.")
    public List<EventSubscriberView> list() {
        return subscribers.list(call.actor());
    }

    @POST
    @Path("{name}/replay")
    @Operation(
            summary = "Replay a subscriber's parked events",
            description = "Each is attempted once more, in order; those of its subject that wait behind it follow. One"
                    + " that fails again is parked again.")
    @Idempotent
    @EventError.Refuses(SUBSCRIBER_NOT_FOUND)
    public ReplayReceipt replay(
            @PathParam("name") @Parameter(description = "The subscriber.", example = "plugin:notice_board")
                    String name) {
        return subscribers.replay(call.actor(), name);
    }
}
