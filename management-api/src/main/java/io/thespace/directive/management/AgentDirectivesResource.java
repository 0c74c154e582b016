package io.thespace.directive.management;

import static io.thespace.directive.DirectiveError.DIRECTIVE_AGENT_NOT_FOUND;
import static io.thespace.plugin.api.Permission.DIRECTIVE_READ;

import io.thespace.directive.DirectiveError;
import io.thespace.directive.Directives;
import io.thespace.directive.ResolvedDirectiveView;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /management/v1/agents/{agent_id}/directives}. */
@ApplicationScoped
@Governed
@Path("v1/agents")
@Tag(name = "Directives")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AgentDirectivesResource {

    private Directives directives;
    private CurrentCall call;

    public AgentDirectivesResource() {}

    @Inject
    AgentDirectivesResource(Directives directives, CurrentCall call) {
        this.directives = directives;
        this.call = call;
    }

    @GET
    @Path("{agent_id}/directives/resolved")
    @Operation(
            summary = "Get an agent's directives in force",
            description = "All directives in force for the agent or for the whole organization, by descending"
                    + " priority; at equal priority the agent's own first, then the oldest.")
    @Requires(DIRECTIVE_READ)
    @DirectiveError.Refuses(DIRECTIVE_AGENT_NOT_FOUND)
    @Tool("directive_resolved")
    public List<ResolvedDirectiveView> resolved(
            @PathParam("agent_id") @Parameter(description = "The agent.") UUID agentId) {
        return directives.resolved(call.actor(), agentId);
    }
}
