package io.thespace.mcp.federation.authorization;

import io.thespace.mcp.federation.CredentialView;
import io.thespace.mcp.federation.Credentials;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.McpServers;
import io.thespace.mcp.federation.OAuthClient;
import io.thespace.mcp.federation.OAuthOrder;
import io.thespace.mcp.federation.UserCredential;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Users' authorizations at the authorization servers of remote servers, and the resulting tokens. */
@Stateless
public class Authorizations {

    private McpServers servers;
    private Credentials credentials;
    private CredentialRenewals renewals;
    private TokenEndpoint tokens;
    private RenewalPlaces places;
    private BegunAuthorizations begun;

    @Inject
    void use(
            McpServers registered,
            Credentials kept,
            CredentialRenewals renewing,
            TokenEndpoint endpoint,
            RenewalPlaces renewalPlaces,
            BegunAuthorizations begunBefore) {
        servers = registered;
        credentials = kept;
        renewals = renewing;
        tokens = endpoint;
        places = renewalPlaces;
        begun = begunBefore;
    }

    /**
     * Begins an authorization, in place of one for the same server that the caller has not completed.
     *
     * @throws Rejection {@code SERVER_NOT_FOUND}, {@code AUTHORIZATION_NOT_OFFERED}, {@code CREDENTIAL_UNSEALABLE}; {@code
     *     SERVER_INVALID} for a redirect URI that no browser may be sent to
     */
    public AuthorizationView begin(Actor actor, String server, AuthorizationOrder order) {
        OAuthClient client = servers.oauth(actor, server);
        if (!OAuthOrder.forBrowsers(order.redirectUri())) {
            throw Rejection.of(
                    FederationError.SERVER_INVALID,
                    "redirect_uri",
                    "redirect_uri must be an https URL, or http on the user's own machine, without a fragment.");
        }
        String state = random();
        String verifier = random();
        Instant now = Instant.now();
        begun.keep(actor, client, state, verifier, order.redirectUri(), now);
        return new AuthorizationView(
                server, url(client, state, verifier, order.redirectUri()), state, now.plus(BegunAuthorizations.LIFE));
    }

    private static String url(OAuthClient client, String state, String verifier, String redirectUri) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", client.order().clientId());
        query.put("redirect_uri", redirectUri);
        if (!client.order().scope().isEmpty()) {
            query.put("scope", client.order().scope());
        }
        query.put("state", state);
        query.put(
                "code_challenge",
                Base64.getUrlEncoder().withoutPadding().encodeToString(BegunAuthorizations.sha256(verifier)));
        query.put("code_challenge_method", "S256");
        query.put("resource", client.resource());
        String url = client.order().authorizationUrl();
        return url + (url.contains("?") ? "&" : "?") + TokenEndpoint.encoded(query);
    }

    /**
     * Completes the authorization that the caller began with a state: its code is redeemed, and the tokens are the caller's
     * credential from now on. No transaction is open while the authorization server answers; the state is used up even if it
     * rejects the code.
     *
     * @throws Rejection {@code SERVER_NOT_FOUND}, {@code AUTHORIZATION_NOT_OFFERED}, {@code AUTHORIZATION_UNKNOWN}, {@code
     *     AUTHORIZATION_REFUSED}, {@code SERVER_ANSWER_INVALID}; as {@link io.thespace.gateway.outbound.OutboundServer#send}
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public CredentialView complete(Actor actor, String server, CodeOrder order) {
        OAuthClient client = servers.oauth(actor, server);
        BegunAuthorizations.Begun taken = begun.take(actor, client, order.state());
        return credentials.keep(
                actor, server, tokens.redeem(actor, client, order.code(), taken.verifier(), taken.redirectUri()));
    }

    /**
     * The bearer token that a request of the caller's to a server carries now. It is read in a transaction of its own, so that
     * a renewal holds one connection and not two.
     *
     * @param origin scheme, host and port (RFC 6454) where it is sent
     * @throws Rejection {@code CREDENTIAL_MISSING}: also when the user has to authorize the platform again; as {@link
     *     RenewalPlaces#in} and {@link CredentialRenewals#renewed}
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public String token(Actor actor, String server, String origin) {
        UserCredential present = credentials.find(actor, server, origin);
        return present.expires()
                ? places.in(server, () -> renewals.renewed(actor, server, origin))
                        .orElseThrow(() -> credentials.missing(actor, server))
                        .token()
                : present.token();
    }

    /** 256 random bits, as 43 characters: what RFC 7636 recommends for a verifier. */
    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
