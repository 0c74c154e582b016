package io.thespace.gateway;

import io.thespace.plugin.api.Actor;
import jakarta.annotation.Nullable;
import java.util.Map;
import java.util.UUID;

/**
 * A request as the platform received it.
 *
 * @param query as received, secrets masked; null for none
 * @param headers by name in lower case, several values joined by commas, secrets masked
 * @param body as text; null when there is none, or when it is not valid UTF-8
 * @param bodyBase64 the body when it is not valid UTF-8
 */
public record EchoView(
        String method,
        String path,
        @Nullable String query,
        Map<String, String> headers,
        @Nullable String body,
        @Nullable String bodyBase64,
        Identity identity,
        String requestId,
        @Nullable String sessionId) {

    /** The principal of the token. */
    public record Identity(UUID userId, UUID orgId, String role) {

        public static Identity of(Actor actor) {
            return new Identity(actor.userId(), actor.orgId(), actor.role().group());
        }
    }

    /** A request of which nothing but this is known. */
    public static EchoView of(Actor actor, String method, String path) {
        return new EchoView(
                method, path, null, Map.of(), null, null, Identity.of(actor), actor.requestId(), actor.sessionId());
    }
}
