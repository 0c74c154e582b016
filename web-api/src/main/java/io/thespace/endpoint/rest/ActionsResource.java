package io.thespace.endpoint.rest;

import static io.thespace.endpoint.EndpointError.INVALID_KEY;
import static io.thespace.endpoint.EndpointError.KEY_IN_USE;
import static io.thespace.endpoint.EndpointError.KEY_REUSED;
import static io.thespace.endpoint.EndpointError.ROLE_MISSING;
import static io.thespace.endpoint.EndpointError.UNKNOWN_ACTION;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.ActionRequest;
import io.thespace.endpoint.Actions;
import io.thespace.endpoint.Answer;
import io.thespace.endpoint.Counts;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.json.Json;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/gateway/plugin}: the plugins' actions, all at one path. */
@ApplicationScoped
@Governed
@Path("")
@Tag(name = "Gateway")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ActionsResource {

    private Actions actions;
    private CurrentCall call;

    public ActionsResource() {}

    @Inject
    ActionsResource(Actions actions, CurrentCall call) {
        this.actions = actions;
        this.call = call;
    }

    @POST
    @Path("{plugin}")
    @Operation(
            summary = "Call a plugin's action",
            description = "Calls the endpoint that the plugin declares under this action's name: its path and query"
                    + " parameters and its body's members are the members of params. It needs the role that the"
                    + " action needs, takes an Idempotency-Key where the action does, and answers as the action"
                    + " answers, its status included.")
    @APIResponse(responseCode = "200", content = @Content(example = "{\"currency\": \"USD\"}"))
    @APIResponse(responseCode = "201", description = "Created: the answer of an action that creates something.")
    @APIResponse(responseCode = "202", description = "The call waits for an approval; nothing was done yet.")
    @Requires(role = Role.GUEST)
    @Counts(LimitClass.GATEWAY)
    @OwnTransactions
    @EndpointError.Refuses({UNKNOWN_ACTION, ROLE_MISSING, INVALID_KEY, KEY_IN_USE, KEY_REUSED})
    public Answer call(
            @PathParam("plugin")
                    @Parameter(
                            description = "The plugin's id, in snake_case or kebab-case.",
                            example = "financial_business")
                    String plugin,
            @HeaderParam("Idempotency-Key")
                    @Parameter(
                            description = "Names this call of an action that takes one. The same key with the same body"
                                    + " is done once and answered alike for 24 hours.")
                    String key,
            @Valid ActionRequest request) {
        return actions.call(call.actor(), plugin, request.action(), members(request.params()), key, Json.MAPPER);
    }

    /** Numbers stay exact: a decimal becomes a BigDecimal. */
    @SuppressWarnings("unchecked") // an object's members have names
    private static Map<String, Object> members(ObjectNode params) {
        return params == null ? Map.of() : Json.MAPPER.convertValue(params, Map.class);
    }
}
