package io.thespace.identity.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thespace.identity.AccessStatusView;
import io.thespace.identity.ExternalUser;
import io.thespace.identity.IdentityError;
import io.thespace.identity.Users;
import io.thespace.identity.key.KeyRing;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Authenticates callers: the one place where every protocol turns an access token into an {@link Actor}. */
@ApplicationScoped
public class Authentication {

    private static final Log LOG = Log.of(Authentication.class);

    @Inject
    AccessTokens accessTokens;

    @Inject
    ExternalTokens externalTokens;

    @Inject
    KeyRing keys;

    @Inject
    AccessStatuses accessStatuses;

    @Inject
    Users users;

    /** External users found in the database or created there, with the role that this node provisioned last. */
    private final Cache<ExternalId, Provisioned> provisioned = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    private record ExternalId(String issuer, String subject, UUID orgId) {

        static ExternalId of(ExternalUser user) {
            return new ExternalId(user.issuer(), user.subject(), user.orgId());
        }
    }

    /** @param role the token's role, which the membership follows until an administrator sets one */
    private record Provisioned(UUID userId, Role role) {}

    /**
     * Authenticates a caller.
     *
     * @param bearerToken the value after {@code Bearer}; null or empty without one
     * @param requestId for the actor
     * @param sessionId for the actor; may be null
     * @param address for the actor; may be null
     * @throws Rejection with an {@link IdentityError}: UNAUTHENTICATED for an invalid or expired token, FORBIDDEN for
     *     an external one without access to the platform, UNAVAILABLE when it cannot be checked now
     */
    public Actor authenticate(String bearerToken, String requestId, String sessionId, String address) {
        return authenticate(BearerToken.read(bearerToken), Actor.anonymous(requestId, sessionId, address), false);
    }

    /** As {@link #authenticate}, but bypasses the cache: for callers that cache the result themselves. */
    public Actor authenticateAnew(String bearerToken, String requestId) {
        return authenticate(BearerToken.read(bearerToken), Actor.anonymous(requestId, null, null), true);
    }

    /** Returns when an access token that {@link #authenticate} accepted expires. */
    public Instant expiry(String bearerToken) {
        return BearerToken.read(bearerToken).expiresAt();
    }

    private Actor authenticate(BearerToken token, Actor caller, boolean anew) {
        if (accessTokens.issued(token)) {
            Bearer bearer = accessTokens.verify(token);
            AccessStatusView accessStatus = accessStatus(caller, bearer, anew);
            if (!accessStatus.signInLives(Instant.now())) {
                throw new Rejection(
                        IdentityError.TOKEN_REVOKED,
                        "The access token is revoked: its sign-in has ended. Sign in again.");
            }
            return actor(caller, bearer, accessStatus.role(), accessStatus.permissions(), accessStatus.synthetic());
        }
        if (externalTokens.issued(token)) {
            ExternalUser user = externalTokens.verify(token);
            Bearer bearer = new Bearer(user.orgId(), provision(caller, user), null);
            AccessStatusView accessStatus = accessStatus(caller, bearer, anew);
            if (accessStatus.lagsBehind(user.role())) {
                // Since then another node has seen a token with another role, or the user was removed and readmitted.
                provisioned.invalidate(ExternalId.of(user));
                provision(caller, user);
                accessStatus = accessStatus(caller, bearer, true);
            }
            return actor(caller, bearer, accessStatus.role(user.role()), accessStatus.permissions(user.role()), false);
        }
        throw new Rejection(
                IdentityError.TOKEN_ISSUER_UNKNOWN, "The access token comes from an issuer that is not trusted here.");
    }

    /** The public keys that verify the platform's own access tokens. */
    public JwksView keys() {
        return accessTokens.jwks();
    }

    /**
     * Checks that access tokens of this node are accepted: signs a token and verifies it.
     *
     * @return the id of the signing key
     * @throws IllegalStateException on failure, with a message for the operator
     */
    public String proveKeys() {
        return keys.prove();
    }

    /**
     * Returns the actor of a user without a sign-in, with the user's current rights, for background work that the user
     * started.
     *
     * @param platform acts in the organization of the user
     * @param userId null for a user who was erased
     * @throws Rejection {@code SUSPENDED}, {@code IDENTITY_UNAVAILABLE}
     */
    public Actor onBehalfOf(Actor platform, UUID userId, String requestId) {
        if (userId == null) {
            throw new Rejection(
                    IdentityError.SUSPENDED,
                    "The user on whose behalf this runs no longer exists. Let another user start it.");
        }
        AccessStatusView accessStatus = accessStatus(platform, new Bearer(platform.orgId(), userId, null), false);
        Actor caller = Actor.platform(platform.orgId(), requestId);
        return actor(
                caller,
                new Bearer(platform.orgId(), userId, null),
                accessStatus.role(),
                accessStatus.permissions(),
                accessStatus.synthetic());
    }

    private AccessStatusView accessStatus(Actor caller, Bearer bearer, boolean anew) {
        if (anew) {
            accessStatuses.forget(bearer);
        }
        return accessStatuses
                .of(caller, bearer)
                .filter(AccessStatusView::active)
                .orElseThrow(() -> new Rejection(
                        IdentityError.SUSPENDED, "This user may not use this organization now. Ask its owner."));
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private UUID provision(Actor caller, ExternalUser user) {
        ExternalId id = ExternalId.of(user);
        Provisioned known = provisioned.getIfPresent(id);
        if (known != null && known.role() == user.role()) {
            return known.userId();
        }
        Optional<UUID> userId;
        try (Tenant tenant = Tenant.bind(user.orgId())) {
            userId = users.provision(caller, user);
        } catch (RuntimeException e) {
            LOG.error("An external user cannot be looked up, so they are not let in", e);
            throw Rejection.later(
                    IdentityError.IDENTITY_UNAVAILABLE,
                    "Credentials cannot be checked now. Try again in a moment.",
                    Duration.ofSeconds(2));
        }
        userId.ifPresent(found -> provisioned.put(id, new Provisioned(found, user.role())));
        return userId.orElseThrow(() -> new Rejection(
                IdentityError.ORGANIZATION_UNKNOWN, "The token's organization does not exist here, or is suspended."));
    }

    private static Actor actor(Actor caller, Bearer bearer, Role role, Set<Permission> permissions, boolean synthetic) {
        return new Actor(
                bearer.orgId(),
                bearer.userId(),
                role,
                bearer.signInId(),
                caller.requestId(),
                caller.sessionId(),
                caller.address(),
                synthetic,
                null,
                permissions,
                null);
    }
}
