package io.thespace.plugin.api;

import java.util.Set;
import java.util.UUID;

/**
 * The principal of a call: the explicit first parameter of every use case. It is derived from verified credentials and
 * never from a request body.
 *
 * @param orgId the tenant, with which every transaction is stamped; null for an anonymous caller
 * @param userId the user; null for an anonymous caller and for the platform itself
 * @param role null for an anonymous caller
 * @param signInId the sign-in that the access token belongs to; null for a user of an external issuer
 * @param requestId the id of the request; on every log line and event
 * @param sessionId the client's own {@code X-Session-Id}; null without one
 * @param address the caller's network address; null without one
 * @param synthetic whether this is a simulated user, whose traffic is excluded from business metrics
 * @param agentId the agent that acts with the user's token; null when the user acts without one
 * @param permissions the caller's permissions on the management API
 * @param tokenId the personal access token that the caller authenticated with; null for any other credentials
 */
public record Actor(
        UUID orgId,
        UUID userId,
        Role role,
        UUID signInId,
        String requestId,
        String sessionId,
        String address,
        boolean synthetic,
        UUID agentId,
        Set<Permission> permissions,
        UUID tokenId) {

    public Actor {
        permissions = Set.copyOf(permissions);
    }

    /** A caller without an agent, a personal access token and permissions. */
    public Actor(
            UUID orgId,
            UUID userId,
            Role role,
            UUID signInId,
            String requestId,
            String sessionId,
            String address,
            boolean synthetic) {
        this(orgId, userId, role, signInId, requestId, sessionId, address, synthetic, null, Set.of(), null);
    }

    /** An unauthenticated caller. */
    public static Actor anonymous(String requestId, String sessionId, String address) {
        return new Actor(null, null, null, null, requestId, sessionId, address, false);
    }

    /** The platform itself, acting inside one tenant ({@code orgId}) or, with null, outside all of them. */
    public static Actor platform(UUID orgId, String requestId) {
        return new Actor(orgId, null, Role.ADMIN, null, requestId, null, null, false);
    }

    /** The same caller with these permissions. */
    public Actor with(Set<Permission> allowed) {
        return new Actor(
                orgId, userId, role, signInId, requestId, sessionId, address, synthetic, agentId, allowed, tokenId);
    }

    public boolean signedIn() {
        return userId != null;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
