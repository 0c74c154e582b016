package io.thespace.mcp.federation.rest;

import static io.thespace.gateway.GatewayError.UPSTREAM_BROKEN;
import static io.thespace.gateway.GatewayError.UPSTREAM_FULL;
import static io.thespace.gateway.GatewayError.UPSTREAM_RESTING;
import static io.thespace.gateway.GatewayError.UPSTREAM_TIMEOUT;
import static io.thespace.gateway.GatewayError.UPSTREAM_UNREACHABLE;
import static io.thespace.mcp.federation.FederationError.AUTHORIZATION_NOT_OFFERED;
import static io.thespace.mcp.federation.FederationError.AUTHORIZATION_REFUSED;
import static io.thespace.mcp.federation.FederationError.AUTHORIZATION_UNKNOWN;
import static io.thespace.mcp.federation.FederationError.CREDENTIAL_NOT_FOUND;
import static io.thespace.mcp.federation.FederationError.CREDENTIAL_NOT_TAKEN;
import static io.thespace.mcp.federation.FederationError.CREDENTIAL_UNREADABLE;
import static io.thespace.mcp.federation.FederationError.CREDENTIAL_UNSEALABLE;
import static io.thespace.mcp.federation.FederationError.SERVER_ANSWER_INVALID;
import static io.thespace.mcp.federation.FederationError.SERVER_INVALID;
import static io.thespace.mcp.federation.FederationError.SERVER_NOT_FOUND;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.gateway.GatewayError;
import io.thespace.mcp.federation.CredentialOrder;
import io.thespace.mcp.federation.CredentialView;
import io.thespace.mcp.federation.Credentials;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.authorization.AuthorizationOrder;
import io.thespace.mcp.federation.authorization.AuthorizationView;
import io.thespace.mcp.federation.authorization.Authorizations;
import io.thespace.mcp.federation.authorization.CodeOrder;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/mcp/credentials}: what users show remote servers. */
@ApplicationScoped
@Governed
@Path("mcp/credentials")
@Tag(name = "MCP credentials")
@Requires(role = Role.USER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class McpCredentialsResource {

    private Credentials credentials;
    private Authorizations authorizations;
    private CurrentCall call;

    public McpCredentialsResource() {}

    @Inject
    McpCredentialsResource(Credentials credentials, Authorizations authorizations, CurrentCall call) {
        this.credentials = credentials;
        this.authorizations = authorizations;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the servers that need the caller's credential",
            description = "Sorted by name, each with the time at which the caller stored a credential. Credentials"
                    + " are never returned.")
    public List<CredentialView> list() {
        return credentials.list(call.actor());
    }

    @PUT
    @Path("{server}")
    @Operation(
            summary = "Store the caller's credential for a server",
            description = "The caller's calls of the server's tools send it as a bearer token; calls of other users"
                    + " do not. It is stored encrypted, for the server's current address.")
    @FederationError.Refuses({SERVER_NOT_FOUND, CREDENTIAL_NOT_TAKEN, CREDENTIAL_UNSEALABLE})
    public CredentialView put(
            @PathParam("server") @Parameter(description = "The server.") String server, @Valid CredentialOrder order) {
        return credentials.put(call.actor(), server, order);
    }

    @POST
    @Path("{server}/authorization")
    @Operation(
            summary = "Start authorization at a server's authorization server",
            description = "For servers with an authorization server. The response has the URL to open in the"
                    + " caller's browser; the authorization server redirects to redirect_uri with a code, within"
                    + " ten minutes.")
    @FederationError.Refuses({
        SERVER_NOT_FOUND,
        AUTHORIZATION_NOT_OFFERED,
        SERVER_INVALID,
        CREDENTIAL_UNREADABLE,
        CREDENTIAL_UNSEALABLE
    })
    public AuthorizationView authorize(
            @PathParam("server") @Parameter(description = "The server.") String server,
            @Valid AuthorizationOrder order) {
        return authorizations.begin(call.actor(), server, order);
    }

    @POST
    @Path("{server}/code")
    @OwnTransactions
    @Operation(
            summary = "Complete an authorization",
            description = "Exchanges the code for a token. The token is the caller's credential, and is refreshed"
                    + " as long as the authorization server allows it.")
    @FederationError.Refuses({
        SERVER_NOT_FOUND,
        AUTHORIZATION_NOT_OFFERED,
        AUTHORIZATION_UNKNOWN,
        AUTHORIZATION_REFUSED,
        SERVER_ANSWER_INVALID,
        CREDENTIAL_UNREADABLE,
        CREDENTIAL_UNSEALABLE
    })
    @GatewayError.Refuses({UPSTREAM_RESTING, UPSTREAM_FULL, UPSTREAM_UNREACHABLE, UPSTREAM_BROKEN, UPSTREAM_TIMEOUT})
    public CredentialView redeem(
            @PathParam("server") @Parameter(description = "The server.") String server, @Valid CodeOrder order) {
        return authorizations.complete(call.actor(), server, order);
    }

    @DELETE
    @Path("{server}")
    @Operation(
            summary = "Delete the caller's credential for a server",
            description = "Deletes it permanently on the platform; it is not revoked at the server.")
    @FederationError.Refuses(CREDENTIAL_NOT_FOUND)
    public void delete(@PathParam("server") @Parameter(description = "The server.") String server) {
        credentials.delete(call.actor(), server);
    }
}
