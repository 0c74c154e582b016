package io.thespace.wire;

import io.thespace.hub.HubError;
import io.thespace.hub.node.Hub;
import io.thespace.hub.node.SocketPrincipal;
import io.thespace.identity.access.Authentication;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;

/**
 * Authorizes the opening of a WebSocket, before the container upgrades the connection: afterwards it cannot answer 401.
 */
@ApplicationScoped
class Handshake {

    private static final String PATH = "/api/v1/ws";

    @Inject
    Authentication authentication;

    @Inject
    Hub hub;

    /** Whether a request is for the hub. */
    static boolean concerns(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return PATH.equals(rest == null ? request.getServletPath() : request.getServletPath() + rest);
    }

    /**
     * The request as the container may have it, with the caller as its principal.
     *
     * @throws Rejection UNAUTHENTICATED without a token that holds, and those of {@link HubError} about the handshake
     */
    HttpServletRequest admit(Exchange exchange, HttpServletRequest request) {
        String token = Callers.bearer(request);
        if (token == null) {
            token = parameter(request, "token");
        }
        Actor actor =
                authentication.authenticate(token, exchange.requestId(), exchange.sessionId(), exchange.address());
        Log.actor(actor);
        exchange.record().identified(actor);
        if (!Origins.allowed(request)) {
            throw new Rejection(
                    HubError.ORIGIN_REFUSED,
                    "Pages of this origin may not open a WebSocket here. An operator can allow it: SPACE_CORS_ORIGINS.");
        }
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw new Rejection(
                    HubError.NOT_A_WEBSOCKET,
                    "This is a WebSocket: connect with a client for those. See /api/asyncapi.");
        }
        hub.admit(actor);
        SocketPrincipal principal = new SocketPrincipal(actor, token, authentication.expiry(token), csrfHolds(request));
        return new HttpServletRequestWrapper(request) {
            @Override
            public Principal getUserPrincipal() {
                return principal;
            }
        };
    }

    private static boolean csrfHolds(HttpServletRequest request) {
        String token = parameter(request, "csrf_token");
        if (token == null) {
            return true;
        }
        if (request.getCookies() != null && !token.isEmpty()) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals("csrftoken")) {
                    return MessageDigest.isEqual(
                            cookie.getValue().getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return false;
    }

    /** From the query only: a request's parameters could also be part of the body. */
    private static String parameter(HttpServletRequest request, String name) {
        String query = request.getQueryString();
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                try {
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return "";
                }
            }
        }
        return null;
    }
}
