package io.thespace.event.rest;

import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tool;
import io.thespace.event.EventTypeView;
import io.thespace.event.EventTypes;
import io.thespace.openapi.DataSchemas;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/system/event-types}: what events there can be. */
@ApplicationScoped
@Governed
@Path("system/event-types")
@Tag(name = "Events")
@Requires(role = Role.USER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EventTypesResource {

    private EventTypes types;

    public EventTypesResource() {}

    @Inject
    EventTypesResource(EventTypes types) {
        this.types = types;
    }

    @GET
    @Operation(
            summary = "List the types of events",
            description = "What the platform and its enabled plugins publish, by source and type, each with the JSON"
                    + " Schema of its data.")
    @Tool("event_types")
    public List<EventTypeView> list() {
        return types.all().stream()
                .map(published -> new EventTypeView(
                        published.type().name(),
                        published.source(),
                        published.type().description(),
                        published.type().publisher() == null
                                ? null
                                : published.type().publisher().group(),
                        DataSchemas.of(published.type().data())))
                .toList();
    }
}
