package io.thespace.token.management;

import static io.thespace.plugin.api.Permission.TOKEN_CREATE;
import static io.thespace.plugin.api.Permission.TOKEN_READ;
import static io.thespace.plugin.api.Permission.TOKEN_REVOKE;
import static io.thespace.token.TokenError.AGENT_NOT_AUTHORIZED;
import static io.thespace.token.TokenError.AGENT_UNKNOWN;
import static io.thespace.token.TokenError.ALREADY_REVOKED;
import static io.thespace.token.TokenError.INVALID_EXPIRY;
import static io.thespace.token.TokenError.PERMISSION_EXCEEDED;
import static io.thespace.token.TokenError.TOKEN_NOT_FOUND;
import static io.thespace.token.TokenError.TOKEN_REVOKED;
import static io.thespace.token.TokenError.TOO_MANY_TOKENS;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Page;
import io.thespace.token.NewTokenView;
import io.thespace.token.RevocationOrder;
import io.thespace.token.TokenError;
import io.thespace.token.TokenOrder;
import io.thespace.token.TokenView;
import io.thespace.token.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /management/v1/tokens}. */
@ApplicationScoped
@Governed
@Path("v1/tokens")
@Tag(name = "Tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TokensResource {

    private Tokens tokens;
    private CurrentCall call;

    public TokensResource() {}

    @Inject
    TokensResource(Tokens tokens, CurrentCall call) {
        this.tokens = tokens;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List tokens",
            description = "The caller's own, and with the permission `user_manage` everybody's in the organization; the"
                    + " newest first, revoked and expired ones too.")
    @Requires(TOKEN_READ)
    public Page<TokenView> list() {
        return tokens.list(call.actor(), call.page());
    }

    @POST
    @Operation(
            summary = "Make a token",
            description = "For the caller, or for one of the organization's agents. It may do what `permissions` lists,"
                    + " which is no more than the caller may, and at each call no more than the caller may by then."
                    + " One that is made with a personal access token expires with that one at the latest, and is revoked with it."
                    + " `access_token` is told this once and kept nowhere; for that reason the call takes no"
                    + " `Idempotency-Key`. If the answer is lost, revoke the token and make another.")
    @APIResponse(responseCode = "201")
    @Requires(TOKEN_CREATE)
    @TokenError.Refuses({
        TOKEN_REVOKED,
        AGENT_NOT_AUTHORIZED,
        PERMISSION_EXCEEDED,
        INVALID_EXPIRY,
        AGENT_UNKNOWN,
        TOO_MANY_TOKENS
    })
    public NewTokenView create(@Valid TokenOrder order) {
        return tokens.create(call.actor(), order);
    }

    @GET
    @Path("{token_id}")
    @Operation(summary = "Get a token", description = "What is known of a token, which is not its text.")
    @Requires(TOKEN_READ)
    @TokenError.Refuses(TOKEN_NOT_FOUND)
    public TokenView find(@PathParam("token_id") @Parameter(description = "The token.") UUID tokenId) {
        return tokens.find(call.actor(), tokenId);
    }

    @DELETE
    @Path("{token_id}")
    @Operation(
            summary = "Revoke a token",
            description =
                    "For ever, on every node within a second, with all tokens that were made with it. The token stays in the list, with the reason. The body"
                            + " may be left out.")
    @Requires(TOKEN_REVOKE)
    @TokenError.Refuses({TOKEN_NOT_FOUND, ALREADY_REVOKED})
    public void revoke(
            @PathParam("token_id") @Parameter(description = "The token.") UUID tokenId, @Valid RevocationOrder order) {
        tokens.revoke(call.actor(), tokenId, order);
    }
}
