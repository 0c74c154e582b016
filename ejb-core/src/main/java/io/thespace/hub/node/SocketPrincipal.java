package io.thespace.hub.node;

import io.thespace.plugin.api.Actor;
import java.security.Principal;
import java.time.Instant;

/**
 * The principal of a WebSocket, as authenticated by the handshake.
 *
 * @param token the access token; verified again whenever access may have changed
 * @param expiresAt when the token does
 * @param csrfHolds whether the handshake named no CSRF token, or the one in its cookie
 */
public record SocketPrincipal(Actor actor, String token, Instant expiresAt, boolean csrfHolds) implements Principal {

    @Override
    public String getName() {
        return actor.userId().toString();
    }

    SocketPrincipal as(Actor now) {
        return new SocketPrincipal(now, token, expiresAt, csrfHolds);
    }

    @Override
    public String toString() {
        return "SocketPrincipal[" + getName() + "]";
    }
}
