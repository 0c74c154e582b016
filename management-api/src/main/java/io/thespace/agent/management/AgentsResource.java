package io.thespace.agent.management;

import static io.thespace.agent.AgentError.AGENT_ARCHIVED;
import static io.thespace.agent.AgentError.AGENT_IN_USE;
import static io.thespace.agent.AgentError.AGENT_NOT_FOUND;
import static io.thespace.agent.AgentError.AGENT_REMEMBERS;
import static io.thespace.agent.AgentError.INVALID_BUDGET;
import static io.thespace.agent.AgentError.WRONG_STATUS;
import static io.thespace.plugin.api.Permission.AGENT_MANAGE;
import static io.thespace.plugin.api.Permission.AGENT_READ;

import io.thespace.agent.AgentChange;
import io.thespace.agent.AgentError;
import io.thespace.agent.AgentOrder;
import io.thespace.agent.AgentStatus;
import io.thespace.agent.AgentView;
import io.thespace.agent.Agents;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /management/v1/agents}. */
@ApplicationScoped
@Governed
@Path("v1/agents")
@Tag(name = "Agents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AgentsResource {

    private Agents agents;
    private CurrentCall call;

    public AgentsResource() {}

    @Inject
    AgentsResource(Agents agents, CurrentCall call) {
        this.agents = agents;
        this.call = call;
    }

    @GET
    @Operation(summary = "List agents", description = "The organization's agents, the newest first.")
    @Requires(AGENT_READ)
    public Page<AgentView> list(
            @QueryParam("status") @Parameter(description = "Only those with this status.") AgentStatus status) {
        return agents.list(call.actor(), status, call.page());
    }

    @POST
    @Operation(
            summary = "Add an agent",
            description =
                    "As a draft: it may act once it is activated. `tools` lists all that it may use; `budget` is what"
                            + " it may spend in a calendar month.")
    @APIResponse(responseCode = "201")
    @Requires(AGENT_MANAGE)
    @Idempotent
    @AgentError.Refuses(INVALID_BUDGET)
    public AgentView create(@Valid AgentOrder order) {
        return agents.create(call.actor(), order);
    }

    @GET
    @Path("{agent_id}")
    @Operation(summary = "Get an agent", description = "One of the organization's agents.")
    @Requires(AGENT_READ)
    @AgentError.Refuses(AGENT_NOT_FOUND)
    public AgentView find(@PathParam("agent_id") @Parameter(description = "The agent.") UUID agentId) {
        return agents.find(call.actor(), agentId);
    }

    @PATCH
    @Path("{agent_id}")
    @Operation(
            summary = "Change an agent",
            description = "A JSON merge patch (RFC 7396): what is left out stays; null clears. Name and model cannot be"
                    + " cleared; with `\"budget\": null` there is none. An archived agent does not change any more.")
    @Requires(AGENT_MANAGE)
    @AgentError.Refuses({AGENT_NOT_FOUND, AGENT_ARCHIVED, INVALID_BUDGET})
    public AgentView change(
            @PathParam("agent_id") @Parameter(description = "The agent.") UUID agentId, @Valid AgentChange change) {
        return agents.change(call.actor(), agentId, change);
    }

    @DELETE
    @Path("{agent_id}")
    @Operation(
            summary = "Delete an agent",
            description =
                    "With its tokens. Only a draft, or what is archived already; its memories are deleted before.")
    @Requires(AGENT_MANAGE)
    @AgentError.Refuses({AGENT_NOT_FOUND, AGENT_IN_USE, AGENT_REMEMBERS})
    public void delete(@PathParam("agent_id") @Parameter(description = "The agent.") UUID agentId) {
        agents.delete(call.actor(), agentId);
    }

    @POST
    @Path("{agent_id}/activate")
    @Operation(summary = "Activate an agent", description = "From draft, paused or suspended.")
    @Requires(AGENT_MANAGE)
    @Idempotent
    @AgentError.Refuses({AGENT_NOT_FOUND, WRONG_STATUS})
    public AgentView activate(@PathParam("agent_id") @Parameter(description = "The agent.") UUID agentId) {
        return agents.activate(call.actor(), agentId);
    }

    @POST
    @Path("{agent_id}/pause")
    @Operation(
            summary = "Pause an agent",
            description =
                    "From active. Its tokens are refused on every node within a second, until it is activated again.")
    @Requires(AGENT_MANAGE)
    @Idempotent
    @AgentError.Refuses({AGENT_NOT_FOUND, WRONG_STATUS})
    public AgentView pause(@PathParam("agent_id") @Parameter(description = "The agent.") UUID agentId) {
        return agents.pause(call.actor(), agentId);
    }

    @POST
    @Path("{agent_id}/archive")
    @Operation(
            summary = "Archive an agent",
            description = "From any other status, and for ever. Its tokens are refused on every node within a second.")
    @Requires(AGENT_MANAGE)
    @Idempotent
    @AgentError.Refuses({AGENT_NOT_FOUND, WRONG_STATUS})
    public AgentView archive(@PathParam("agent_id") @Parameter(description = "The agent.") UUID agentId) {
        return agents.archive(call.actor(), agentId);
    }
}
