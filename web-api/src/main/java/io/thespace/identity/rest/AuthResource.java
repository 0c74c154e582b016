package io.thespace.identity.rest;

import static io.thespace.identity.IdentityError.IDENTITY_UNAVAILABLE;
import static io.thespace.identity.IdentityError.REFRESH_TOKEN_REFUSED;
import static io.thespace.identity.IdentityError.SUSPENDED;
import static io.thespace.identity.IdentityError.TOO_BUSY;
import static io.thespace.identity.IdentityError.TOO_MANY_ATTEMPTS;
import static io.thespace.identity.IdentityError.WRONG_CREDENTIALS;

import io.thespace.configuration.Configuration;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Open;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.identity.IdentityError;
import io.thespace.identity.ProfileView;
import io.thespace.identity.Users;
import io.thespace.identity.access.Authentication;
import io.thespace.identity.access.JwksView;
import io.thespace.identity.access.ProviderView;
import io.thespace.identity.signin.LoginRequest;
import io.thespace.identity.signin.RefreshRequest;
import io.thespace.identity.signin.SignIns;
import io.thespace.identity.signin.TokenReceipt;
import io.thespace.limit.Limits;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Signing in and out, and the caller's profile, at {@code /api/auth}. */
@ApplicationScoped
@Governed
@Path("auth")
@Tag(name = "Identity")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AuthResource {

    private SignIns signIns;
    private Users users;
    private Limits limits;
    private Authentication authentication;
    private CurrentCall call;

    public AuthResource() {}

    @Inject
    AuthResource(SignIns signIns, Users users, Limits limits, Authentication authentication, CurrentCall call) {
        this.signIns = signIns;
        this.users = users;
        this.limits = limits;
        this.authentication = authentication;
        this.call = call;
    }

    @POST
    @Path("login")
    @Operation(
            summary = "Sign in",
            description = "Exchanges an email address and a password for an access token, sent as `Authorization:"
                    + " Bearer …`, and a refresh token. A user who belongs to several organizations may name one"
                    + " in `org_id`; the default is the oldest membership. An unknown address, a wrong password"
                    + " and a user who may not sign in get the same response. After 10 failures in 15 minutes,"
                    + " for the account or for the caller's address, further attempts are rejected until"
                    + " `Retry-After` has passed.")
    @Open
    @OwnTransactions
    @IdentityError.Refuses({TOO_MANY_ATTEMPTS, TOO_BUSY, WRONG_CREDENTIALS})
    public TokenReceipt login(@Valid LoginRequest request) {
        return signIns.login(call.actor(), request);
    }

    @POST
    @Path("refresh")
    @Operation(
            summary = "Refresh the access token",
            description = "Exchanges a refresh token for a new access token and the next refresh token. Each"
                    + " refresh token can be used once: reuse indicates theft and revokes the whole sign-in with"
                    + " all its tokens. A client that repeats its request within 10 seconds, from the same"
                    + " network and before the next token is used, gets that token again.")
    @Open
    @OwnTransactions
    @IdentityError.Refuses(REFRESH_TOKEN_REFUSED)
    public TokenReceipt refresh(@Valid RefreshRequest request) {
        return signIns.refresh(call.actor(), request);
    }

    @POST
    @Path("logout")
    @Operation(
            summary = "Sign out",
            description = "Ends the sign-in that the caller's access token belongs to. Its access tokens and"
                    + " refresh tokens are refused on every node within a second. A token of an external"
                    + " issuer is not ended by this; sign out there.")
    @Requires(role = Role.GUEST)
    @OwnTransactions
    public void logout() {
        signIns.logout(call.actor());
    }

    @GET
    @Path("me")
    @Operation(
            summary = "Get the caller",
            description = "The caller, the organization of the token, the caller's role on the platform and rate"
                    + " limits: per minute through the gateway, and for each limited class of endpoints.")
    @Requires(role = Role.GUEST)
    @IdentityError.Refuses(SUSPENDED)
    public ProfileView me() {
        return users.me(call.actor(), limits.of(call.actor().role()));
    }

    @GET
    @Path("providers")
    @Operation(
            summary = "List the external identity providers",
            description = "The OpenID Connect providers with which a browser or another public client may sign in, by"
                    + " Authorization Code with PKCE (RFC 7636): none, or the one that `SPACE_OIDC_CLIENT_ID` configures."
                    + " Its access tokens are sent as `Authorization: Bearer …`, like the platform's own.")
    @Open
    public List<ProviderView> providers() {
        return ProviderView.of(Configuration.get());
    }

    @GET
    @Path("jwks")
    @Operation(
            summary = "Get the public signing keys",
            description = "The public keys that verify the platform's access tokens (RS256), as a JSON Web Key Set."
                    + " A key is published before the first token is signed with it, and removed after the last"
                    + " one has expired.")
    @Open
    @IdentityError.Refuses(IDENTITY_UNAVAILABLE)
    public JwksView keys() {
        return authentication.keys();
    }
}
