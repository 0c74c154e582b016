package io.thespace.identity.rest;

import io.thespace.configuration.Rate;
import io.thespace.endpoint.Resource;
import io.thespace.identity.Authentication;
import io.thespace.identity.IdentityError;
import io.thespace.identity.JwksView;
import io.thespace.identity.JwksView.JwkView;
import io.thespace.identity.LoginRequest;
import io.thespace.identity.ProfileView;
import io.thespace.identity.ProfileView.LimitsView;
import io.thespace.identity.RefreshRequest;
import io.thespace.identity.SignIns;
import io.thespace.identity.TokenReceipt;
import io.thespace.identity.Users;
import io.thespace.limit.Limits;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /api/auth}: signing in and out, and who the caller is. */
@ApplicationScoped
public class AuthResource implements Resource {

    private static final String REFRESH_TOKEN = "AZK9pQAAcACAAAAAAAAAAQ.2m0v6Vq3zY1cKfJw8uXhD5tRbN7aLsEoGiPyQxWkT4U";
    private static final TokenReceipt RECEIPT = new TokenReceipt(
            "eyJhbGciOiJSUzI1NiIsImtpZCI6IjIwMjYwMSJ9.eyJpc3MiOiJ0aGUtc3BhY2UifQ.c2lnbmF0dXJl",
            "Bearer",
            900,
            REFRESH_TOKEN);

    @Inject
    SignIns signIns;

    @Inject
    Users users;

    @Inject
    Limits limits;

    @Inject
    Authentication authentication;

    @Override
    public String group() {
        return "Identity";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.post("/auth/login")
                        .body(LoginRequest.class, new LoginRequest("admin@localhost", "correct horse battery", null))
                        .summary("Sign in")
                        .description("Trades an email address and a password for an access token, to be sent as"
                                + " `Authorization: Bearer …`, and a refresh token. A user who belongs to several"
                                + " organizations may name one in `org_id`; otherwise it is the one they have belonged"
                                + " to longest. An unknown address, a wrong password and a user who may not sign in"
                                + " all answer alike. After 10 failures in 15 minutes, for the account or for the"
                                + " caller's address, further attempts are refused until `Retry-After` has passed.")
                        .open()
                        .answers(TokenReceipt.class, RECEIPT)
                        .refuses(
                                IdentityError.TOO_MANY_ATTEMPTS,
                                IdentityError.TOO_BUSY,
                                IdentityError.WRONG_CREDENTIALS)
                        .ownTransactions()
                        .handler(call -> signIns.login(call.actor(), call.body())),
                Endpoint.post("/auth/refresh")
                        .body(RefreshRequest.class, new RefreshRequest(REFRESH_TOKEN))
                        .summary("Stay signed in")
                        .description("Trades a refresh token for a new access token and the next refresh token. Each"
                                + " refresh token is good once: one that comes a second time ends the whole sign-in,"
                                + " with every token that came of it, because two hold it and one of them stole it.")
                        .open()
                        .answers(TokenReceipt.class, RECEIPT)
                        .refuses(IdentityError.REFRESH_TOKEN_REFUSED)
                        .ownTransactions()
                        .handler(call -> signIns.refresh(call.actor(), call.body())),
                Endpoint.post("/auth/logout")
                        .summary("Sign out")
                        .description("Ends the sign-in that the caller's access token belongs to. Its access tokens and"
                                + " refresh tokens are refused on every node within a second. A token of an external"
                                + " issuer is not ended by this; sign out there.")
                        .role(Role.GUEST)
                        .ownTransactions()
                        .handler(call -> {
                            signIns.logout(call.actor());
                            return null;
                        }),
                Endpoint.get("/auth/me")
                        .summary("Who am I")
                        .description("The caller, the organization that their token is for, their role on the platform,"
                                + " and how many calls they may make: a minute through the gateway, and of each class of"
                                + " endpoints that is limited.")
                        .role(Role.GUEST)
                        .answers(
                                ProfileView.class,
                                new ProfileView(
                                        UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
                                        "admin@localhost",
                                        "Administrator",
                                        UUID.fromString("0192bda5-0000-7000-8000-000000000001"),
                                        List.of("admin"),
                                        new LimitsView(1000, Map.of("gateway", new Rate(1000, 60)))))
                        .refuses(IdentityError.SUSPENDED)
                        .handler(call ->
                                users.me(call.actor(), limits.of(call.actor().role()))),
                Endpoint.get("/auth/jwks")
                        .summary("Public keys")
                        .description("The public keys that verify the platform's access tokens (RS256), as a JSON Web"
                                + " Key Set. A key appears before the first token is signed with it, and stays until"
                                + " the last one has expired.")
                        .open()
                        .answers(
                                JwksView.class,
                                new JwksView(List.of(new JwkView(
                                        "RSA", "sig", "RS256", "202601", "sXch6Y5EGBWX3tqPtZbRvP9m2kT0", "AQAB"))))
                        .refuses(IdentityError.IDENTITY_UNAVAILABLE)
                        .handler(call -> authentication.keys()));
    }
}
