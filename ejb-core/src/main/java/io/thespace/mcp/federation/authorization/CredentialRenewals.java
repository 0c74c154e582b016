package io.thespace.mcp.federation.authorization;

import io.thespace.mcp.federation.Credentials;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.McpServers;
import io.thespace.mcp.federation.UserCredential;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Renews credentials in transactions of their own: a refresh token that was used must not come back when the call that needed it
 * fails. Each holds a connection while the authorization server answers, so callers take one of the {@link RenewalPlaces} first.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class CredentialRenewals {

    private Credentials credentials;
    private McpServers servers;
    private TokenEndpoint tokens;

    @Inject
    void use(Credentials kept, McpServers registered, TokenEndpoint endpoint) {
        credentials = kept;
        servers = registered;
        tokens = endpoint;
    }

    /**
     * Returns the caller's credential for a server, renewed unless another call has done so meanwhile.
     *
     * @param origin the origin to which it is sent
     * @return empty when the authorization server rejects the refresh token, or when there is none
     * @throws Rejection as {@link Credentials#find}, {@link McpServers#oauth}; {@code SERVER_ANSWER_INVALID}; as {@link
     *     io.thespace.gateway.outbound.OutboundServer#send}
     */
    public Optional<UserCredential> renewed(Actor actor, String server, String origin) {
        UserCredential present = credentials.lock(actor, server, origin);
        if (!present.expires()) {
            return Optional.of(present);
        } else if (present.refreshToken() == null) {
            return Optional.empty();
        }
        UserCredential next;
        try {
            next = tokens.renew(actor, servers.oauth(actor, server), present.refreshToken());
        } catch (Rejection e) {
            if (e.code() != FederationError.AUTHORIZATION_REFUSED) {
                throw e;
            }
            // This token is not sent again.
            credentials.keep(actor, server, new UserCredential(present.token(), present.expiresAt(), null));
            return Optional.empty();
        }
        credentials.keep(actor, server, next);
        return Optional.of(next);
    }
}
