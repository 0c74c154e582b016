package io.thespace.auth;

import io.thespace.identity.IdentityError;
import io.thespace.identity.access.Authentication;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.tenant.Tenant;
import io.thespace.token.HolderView;
import io.thespace.token.TokenError;
import io.thespace.token.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** Judges bearers for the embedded auth service, by the database as it is at this moment. */
@ApplicationScoped
public class Credentials {

    @Inject
    Tokens tokens;

    @Inject
    Authentication authentication;

    /**
     * Validates a bearer and returns its principal.
     *
     * @param bearer a personal access token or an access token
     * @throws Rejection with a {@link TokenError} or an {@link IdentityError}
     */
    public CredentialView validate(String bearer, String requestId) {
        if (Tokens.claimed(bearer)) {
            HolderView holder = tokens.holder(Actor.anonymous(requestId, null, null), bearer);
            return new CredentialView(
                    holder.orgId(),
                    holder.userId(),
                    holder.agentId(),
                    holder.tokenId(),
                    true,
                    holder.permissions(),
                    holder.expiresAt(),
                    holder.stale());
        }
        try {
            Actor actor = authentication.authenticateAnew(bearer, requestId);
            return new CredentialView(
                    actor.orgId(),
                    actor.userId(),
                    null,
                    actor.signInId(),
                    false,
                    actor.permissions(),
                    authentication.expiry(bearer),
                    false);
        } catch (Rejection e) {
            // To the management API a suspended caller is known and not allowed.
            if (e.code() == IdentityError.SUSPENDED) {
                throw new Rejection(TokenError.HOLDER_SUSPENDED, e.getMessage());
            }
            throw e;
        }
    }

    /**
     * The caller that a bearer stands for; refuses as {@link #validate}.
     *
     * @param address for the actor; may be null
     */
    public Actor actor(String bearer, String requestId, String address) {
        CredentialView credential = validate(bearer, requestId);
        return new Actor(
                credential.orgId(),
                credential.userId(),
                Role.GUEST,
                credential.personal() ? null : credential.tokenId(),
                requestId,
                null,
                address,
                false,
                credential.agentId(),
                credential.permissions(),
                credential.personal() ? credential.tokenId() : null);
    }

    /** Writes down that a personal access token was used, when that is due. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public void used(CredentialView credential) {
        if (credential.stale()) {
            UUID orgId = credential.orgId();
            try (Tenant tenant = Tenant.bind(orgId)) {
                tokens.used(Actor.platform(orgId, "token-used"), credential.tokenId());
            }
        }
    }
}
