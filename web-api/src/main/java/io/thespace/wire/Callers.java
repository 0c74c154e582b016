package io.thespace.wire;

import io.thespace.auth.AuthClient;
import io.thespace.endpoint.EndpointError;
import io.thespace.identity.access.Authentication;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.token.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** Identifies callers by their credentials, in each family's own way. */
@ApplicationScoped
public class Callers {

    @Inject
    Authentication authentication;

    @Inject
    AuthClient auth;

    /**
     * Returns the caller; an anonymous one without credentials.
     *
     * @throws Rejection when the credentials are invalid
     */
    public Actor caller(Exchange exchange) {
        String token = bearer(exchange.request());
        if (token == null) {
            return exchange.anonymous();
        }
        Actor actor =
                switch (exchange.family()) {
                    case PLATFORM ->
                        authentication.authenticate(
                                token, exchange.requestId(), exchange.sessionId(), exchange.address());
                    case MANAGEMENT -> auth.authenticate(token, exchange.anonymous());
                };
        Log.actor(actor);
        exchange.record().identified(actor);
        return actor;
    }

    /**
     * Returns the caller, who must be authenticated.
     *
     * @throws Rejection {@code TOKEN_MISSING}, and as {@link #caller}
     */
    public Actor identified(Exchange exchange) {
        Actor actor = caller(exchange);
        if (!actor.signedIn()) {
            throw new Rejection(
                    EndpointError.TOKEN_MISSING,
                    "Send \"Authorization: Bearer <token>\" with a personal access token or an access token.");
        }
        return actor;
    }

    /**
     * The caller of a protocol that serves both families' endpoints: the holder of an access token or of a personal access token.
     *
     * @throws Rejection {@code TOKEN_MISSING} without a token, and as {@link #caller}
     */
    public Actor holder(Exchange exchange) {
        String token = bearer(exchange.request());
        if (token == null || !Tokens.claimed(token)) {
            return identified(exchange);
        }
        Actor actor = auth.authenticate(token, exchange.anonymous());
        Log.actor(actor);
        exchange.record().identified(actor);
        return actor;
    }

    /** Returns the bearer token of a header; null without one. */
    public static String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null) {
            return null;
        }
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw new Rejection(
                    EndpointError.TOKEN_MISSING,
                    "Authorization must be \"Bearer <access token>\"; other schemes are not supported.");
        }
        return header.substring(7).strip();
    }
}
