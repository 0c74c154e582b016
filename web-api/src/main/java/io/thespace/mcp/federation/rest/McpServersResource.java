package io.thespace.mcp.federation.rest;

import static io.thespace.mcp.federation.FederationError.CHANGE_OUTDATED;
import static io.thespace.mcp.federation.FederationError.CREDENTIAL_UNSEALABLE;
import static io.thespace.mcp.federation.FederationError.SERVER_INVALID;
import static io.thespace.mcp.federation.FederationError.SERVER_NEEDED;
import static io.thespace.mcp.federation.FederationError.SERVER_NOT_FOUND;
import static io.thespace.mcp.federation.FederationError.SERVER_TAKEN;
import static io.thespace.mcp.federation.FederationError.TOO_MANY_SERVERS;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.mcp.federation.AcceptOrder;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.McpServerOrder;
import io.thespace.mcp.federation.McpServerView;
import io.thespace.mcp.federation.McpServers;
import io.thespace.mcp.federation.ServerItemView;
import io.thespace.mcp.federation.remote.ServerRefresh;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/mcp}: remote and virtual servers. */
@ApplicationScoped
@Governed
@Path("control-center/mcp")
@Tag(name = "MCP servers")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class McpServersResource {

    private McpServers servers;
    private ServerRefresh refresh;
    private CurrentCall call;

    public McpServersResource() {}

    @Inject
    McpServersResource(McpServers servers, ServerRefresh refresh, CurrentCall call) {
        this.servers = servers;
        this.refresh = refresh;
        this.call = call;
    }

    @GET
    @Path("servers")
    @Operation(
            summary = "List the MCP servers",
            description = "Remote and virtual servers, sorted by name, with the effective value of every member"
                    + " except the credential.")
    public List<McpServerView> list() {
        return servers.list(call.actor());
    }

    @POST
    @Path("servers")
    @Operation(
            summary = "Register an MCP server",
            description = "Either `remote`: a server that speaks Streamable HTTP, on the session wire (2025-06-18,"
                    + " 2025-11-25) or the stateless one (2026-07-28). It is read within a few seconds; what it then"
                    + " offers is accepted, and what it later adds or changes is quarantined until an administrator"
                    + " accepts it. Its credential is kept sealed and never shown. Or `virtual`: chosen tools,"
                    + " resources and prompts of other servers under `/api/mcp/servers/` and the name.")
    @APIResponse(responseCode = "201")
    @Idempotent
    @FederationError.Refuses({SERVER_INVALID, SERVER_TAKEN, TOO_MANY_SERVERS, CREDENTIAL_UNSEALABLE})
    public McpServerView create(@Valid McpServerOrder order) {
        return servers.create(call.actor(), order);
    }

    @GET
    @Path("servers/{server}")
    @Operation(summary = "Get an MCP server", description = "One server, with the state of its last reading.")
    @FederationError.Refuses(SERVER_NOT_FOUND)
    public McpServerView find(@PathParam("server") @Parameter(description = "The server.") String server) {
        return servers.find(call.actor(), server);
    }

    @PUT
    @Path("servers/{server}")
    @Operation(
            summary = "Change an MCP server",
            description = "Members that are left out get their default, except the credential: it is kept unless"
                    + " `url` names another server; an empty one removes it. Accepted tools stay accepted. Calls"
                    + " in progress finish with the old definition.")
    @FederationError.Refuses({SERVER_INVALID, SERVER_NOT_FOUND, CREDENTIAL_UNSEALABLE})
    public McpServerView change(
            @PathParam("server") @Parameter(description = "The server.") String server, @Valid McpServerOrder order) {
        return servers.change(call.actor(), server, order);
    }

    @DELETE
    @Path("servers/{server}")
    @Operation(
            summary = "Delete an MCP server",
            description = "Deletes the server with the credentials that users have stored for it. A member of a"
                    + " virtual server cannot be deleted.")
    @FederationError.Refuses({SERVER_NOT_FOUND, SERVER_NEEDED})
    public void delete(@PathParam("server") @Parameter(description = "The server.") String server) {
        servers.delete(call.actor(), server);
    }

    @POST
    @Path("servers/{server}/refresh")
    @Operation(
            summary = "Read a remote MCP server",
            description = "Reads now which tools and prompts it offers, and answers when that is done. Why it could not"
                    + " be read is in `state`.")
    @APIResponse(responseCode = "200")
    @OwnTransactions
    @FederationError.Refuses(SERVER_NOT_FOUND)
    public McpServerView read(@PathParam("server") @Parameter(description = "The server.") String server) {
        return refresh.refresh(call.actor(), server);
    }

    @GET
    @Path("servers/{server}/tools")
    @Operation(
            summary = "List a remote server's tools and prompts",
            description = "With their definitions as they were accepted, and as the server offers them where that"
                    + " differs.")
    @FederationError.Refuses(SERVER_NOT_FOUND)
    public List<ServerItemView> tools(@PathParam("server") @Parameter(description = "The server.") String server) {
        return servers.items(call.actor(), server);
    }

    @GET
    @Path("changes")
    @Operation(
            summary = "List quarantined tools and prompts",
            description = "Tools and prompts of remote servers that are new, or whose definition was changed, since"
                    + " they were accepted. They are out of service until an administrator accepts them.")
    public List<ServerItemView> changes() {
        return servers.quarantined(call.actor());
    }

    @POST
    @Path("servers/{server}/accept")
    @Operation(
            summary = "Accept quarantined tools and prompts",
            description = "Puts tools and prompts in service as the server now defines them, if their digests still"
                    + " match; otherwise nothing is accepted.")
    @APIResponse(responseCode = "200")
    @Idempotent
    @FederationError.Refuses({SERVER_NOT_FOUND, CHANGE_OUTDATED})
    public List<ServerItemView> accept(
            @PathParam("server") @Parameter(description = "The server.") String server, @Valid AcceptOrder order) {
        return servers.accept(call.actor(), server, order);
    }
}
