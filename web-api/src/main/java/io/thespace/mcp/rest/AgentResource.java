package io.thespace.mcp.rest;

import static io.thespace.agent.AgentError.AGENT_NOT_FOUND;
import static io.thespace.gateway.GatewayError.MODEL_BUSY;
import static io.thespace.gateway.GatewayError.MODEL_OF_OTHER_KIND;
import static io.thespace.gateway.GatewayError.MODEL_REFUSED;
import static io.thespace.gateway.GatewayError.MODEL_SEALED;
import static io.thespace.gateway.GatewayError.MODEL_UNKNOWN;
import static io.thespace.gateway.GatewayError.PARAMETER_NOT_TAKEN;
import static io.thespace.gateway.GatewayError.PROVIDER_NOT_CONFIGURED;
import static io.thespace.gateway.GatewayError.PROVIDER_UNAVAILABLE;
import static io.thespace.gateway.GatewayError.ROLE_NOT_ROUTED;
import static io.thespace.gateway.GatewayError.TOKENS_USED_UP;
import static io.thespace.gateway.GatewayError.UPSTREAM_BROKEN;
import static io.thespace.gateway.GatewayError.UPSTREAM_FULL;
import static io.thespace.gateway.GatewayError.UPSTREAM_RESTING;
import static io.thespace.gateway.GatewayError.UPSTREAM_TIMEOUT;
import static io.thespace.gateway.GatewayError.UPSTREAM_UNREACHABLE;
import static io.thespace.plugin.api.Permission.SESSION_CREATE;
import static io.thespace.session.SessionError.AGENT_NOT_ACTIVE;
import static io.thespace.session.SessionError.AGENT_NOT_AUTHORIZED;
import static io.thespace.session.SessionError.SESSION_ENDED;
import static io.thespace.session.SessionError.SESSION_NOT_FOUND;

import io.thespace.agent.AgentError;
import io.thespace.endpoint.Answer;
import io.thespace.endpoint.Counts;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.gateway.GatewayError;
import io.thespace.mcp.agent.AgentCallOrder;
import io.thespace.mcp.agent.AgentCallView;
import io.thespace.mcp.agent.AgentCalls;
import io.thespace.mcp.change.ListenerReviews;
import io.thespace.mcp.servlet.message.ToolDefinitions;
import io.thespace.plugin.api.LimitClass;
import io.thespace.session.SessionError;
import io.thespace.wire.Callers;
import io.thespace.wire.Exchange;
import io.thespace.worker.Cancellation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/gateway/mcp/agent}: agents that the platform runs. */
@ApplicationScoped
@Governed
@Path("agent")
@Tag(name = "MCP agents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AgentResource {

    private AgentCalls agents;
    private ToolDefinitions definitions;
    private ListenerReviews reviews;
    private CurrentCall call;

    public AgentResource() {}

    @Inject
    AgentResource(AgentCalls agents, ToolDefinitions definitions, ListenerReviews reviews, CurrentCall call) {
        this.agents = agents;
        this.definitions = definitions;
        this.reviews = reviews;
        this.call = call;
    }

    @POST
    @Operation(
            summary = "Call an agent",
            description =
                    "The agent's model answers, with the directives in force as its system prompt. It calls the"
                            + " tools in the agent's list that the caller may call, with the caller's permissions: up to 32 calls"
                            + " in 8 rounds within two minutes. `agent_id` is the agent's id or name. The conversation is recorded"
                            + " in a session, about `context.user_id` where it is given; `context.session_id` continues a session.")
    @Requires(SESSION_CREATE)
    @Counts(LimitClass.GATEWAY)
    @OwnTransactions
    @APIResponseSchema(AgentCallView.class)
    @AgentError.Refuses(AGENT_NOT_FOUND)
    @SessionError.Refuses({AGENT_NOT_AUTHORIZED, AGENT_NOT_ACTIVE, SESSION_NOT_FOUND, SESSION_ENDED})
    @EndpointError.Refuses({EndpointError.INVALID_KEY, EndpointError.KEY_REUSED, EndpointError.KEY_IN_USE})
    @GatewayError.Refuses({
        PROVIDER_NOT_CONFIGURED,
        MODEL_UNKNOWN,
        MODEL_OF_OTHER_KIND,
        TOKENS_USED_UP,
        ROLE_NOT_ROUTED,
        PARAMETER_NOT_TAKEN,
        MODEL_SEALED,
        MODEL_BUSY,
        UPSTREAM_RESTING,
        UPSTREAM_FULL,
        UPSTREAM_UNREACHABLE,
        UPSTREAM_BROKEN,
        UPSTREAM_TIMEOUT,
        MODEL_REFUSED,
        PROVIDER_UNAVAILABLE
    })
    public Answer call(
            @HeaderParam("Idempotency-Key")
                    @Parameter(
                            description = "Names this call. The same key with the same body is done once and answered"
                                    + " alike for 24 hours.")
                    String key,
            @Valid AgentCallOrder order) {
        Cancellation cancellation = new Cancellation();
        Runnable reviewed =
                reviews.begin(call.actor(), Callers.bearer(Exchange.current().request()), cancellation::cancel);
        try {
            return agents.call(
                    call.actor(), order, key, tool -> definitions.of(tool).input(), cancellation);
        } finally {
            reviewed.run();
        }
    }
}
