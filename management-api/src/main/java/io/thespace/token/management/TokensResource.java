package io.thespace.token.management;

import io.thespace.endpoint.ManagementResource;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Permission;
import io.thespace.token.NewTokenView;
import io.thespace.token.RevocationOrder;
import io.thespace.token.TokenError;
import io.thespace.token.TokenOrder;
import io.thespace.token.TokenView;
import io.thespace.token.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@code /management/v1/tokens}. */
@ApplicationScoped
class TokensResource implements ManagementResource {

    private static final UUID ID = UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f");
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant EXPIRES = Instant.parse("2027-01-31T12:00:00Z");

    private static final TokenView TOKEN = new TokenView(
            ID,
            "nightly export",
            List.of("memory_read", "session_read"),
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            null,
            CREATED,
            EXPIRES,
            null,
            null,
            null);

    @Inject
    Tokens tokens;

    @Override
    public String group() {
        return "Tokens";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/v1/tokens")
                        .summary("List tokens")
                        .description("The caller's own, and with the permission `user_manage` everybody's in the"
                                + " organization; the newest first, revoked and expired ones too.")
                        .permission(Permission.TOKEN_READ)
                        .answersPage(TokenView.class, TOKEN)
                        .handler(call -> tokens.list(call.actor(), call.page())),
                Endpoint.post("/v1/tokens")
                        .body(
                                TokenOrder.class,
                                new TokenOrder(
                                        "nightly export",
                                        List.of(Permission.MEMORY_READ, Permission.SESSION_READ),
                                        null,
                                        EXPIRES))
                        .summary("Make a token")
                        .description("For the caller, or for one of the organization's agents. It may do what"
                                + " `permissions` lists, which is no more than the caller may, and at each call no more"
                                + " than the caller may by then. `access_token` is told this once and kept nowhere; for"
                                + " that reason the call takes no `Idempotency-Key`. If the answer is lost, revoke the"
                                + " token and make another.")
                        .permission(Permission.TOKEN_CREATE)
                        .creates(NewTokenView.class, new NewTokenView(TOKEN, Tokens.EXAMPLE))
                        .refuses(
                                TokenError.AGENT_NOT_AUTHORIZED,
                                TokenError.PERMISSION_EXCEEDED,
                                TokenError.INVALID_EXPIRY,
                                TokenError.AGENT_UNKNOWN)
                        .handler(call -> tokens.create(call.actor(), call.body())),
                Endpoint.get("/v1/tokens/{token_id}")
                        .summary("Get a token")
                        .description("What is known of a token, which is not its text.")
                        .path("token_id", UUID.class, "The token.")
                        .permission(Permission.TOKEN_READ)
                        .answers(TokenView.class, TOKEN)
                        .refuses(TokenError.TOKEN_NOT_FOUND)
                        .handler(call -> tokens.find(call.actor(), call.path("token_id", UUID.class))),
                Endpoint.delete("/v1/tokens/{token_id}")
                        .body(RevocationOrder.class, new RevocationOrder("found in a public repository"))
                        .summary("Revoke a token")
                        .description("For ever, on every node within a second. The token stays in the list, with the"
                                + " reason. The body may be left out.")
                        .path("token_id", UUID.class, "The token.")
                        .permission(Permission.TOKEN_REVOKE)
                        .refuses(TokenError.TOKEN_NOT_FOUND, TokenError.ALREADY_REVOKED)
                        .handler(call -> {
                            tokens.revoke(call.actor(), call.path("token_id", UUID.class), call.body());
                            return null;
                        }));
    }
}
