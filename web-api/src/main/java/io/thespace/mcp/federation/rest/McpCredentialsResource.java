package io.thespace.mcp.federation.rest;

import static io.thespace.gateway.GatewayError.UPSTREAM_BROKEN;
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
            summary = "List the servers that need my credential",
            description = "By name, each with when the caller has deposited one. Credentials are never shown.")
    public List<CredentialView> list() {
        return credentials.list(call.actor());
    }

    @PUT
    @Path("{server}")
    @Operation(
            summary = "Deposit my credential for a server",
            description =
                    "The caller's calls of the server's tools carry it as a bearer token; no other caller's do. It is"
                            + " kept sealed, for the server's present address.")
    @FederationError.Refuses({SERVER_NOT_FOUND, CREDENTIAL_NOT_TAKEN, CREDENTIAL_UNSEALABLE})
    public CredentialView put(
            @PathParam("server") @Parameter(description = "The server.") String server, @Valid CredentialOrder order) {
        return credentials.put(call.actor(), server, order);
    }

    @POST
    @Path("{server}/authorization")
    @Operation(
            summary = "Begin to authorize the platform at a server's authorization server",
            description =
                    "For servers that have one. The answer says where the caller's browser goes; from there it comes"
                            + " back to redirect_uri with a code, within ten minutes.")
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
    @Operation(
            summary = "Complete an authorization",
            description =
                    "Redeems the code. The token that it brings is the caller's credential, and is renewed as long as"
                            + " the authorization server lets it be.")
    @FederationError.Refuses({
        SERVER_NOT_FOUND,
        AUTHORIZATION_NOT_OFFERED,
        AUTHORIZATION_UNKNOWN,
        AUTHORIZATION_REFUSED,
        SERVER_ANSWER_INVALID,
        CREDENTIAL_UNREADABLE,
        CREDENTIAL_UNSEALABLE
    })
    @GatewayError.Refuses({UPSTREAM_UNREACHABLE, UPSTREAM_BROKEN, UPSTREAM_TIMEOUT})
    public CredentialView redeem(
            @PathParam("server") @Parameter(description = "The server.") String server, @Valid CodeOrder order) {
        return authorizations.complete(call.actor(), server, order);
    }

    @DELETE
    @Path("{server}")
    @Operation(
            summary = "Remove my credential for a server",
            description = "At once and for good; the server itself does not learn of it.")
    @FederationError.Refuses(CREDENTIAL_NOT_FOUND)
    public void delete(@PathParam("server") @Parameter(description = "The server.") String server) {
        credentials.delete(call.actor(), server);
    }
}
