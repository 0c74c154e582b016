package io.thespace.mcp.federation.authorization;

import io.thespace.gateway.outbound.OutboundRequests;
import io.thespace.identity.key.Sealing;
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
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Authorizations that users begin at the authorization servers of remote servers, and the tokens that come of them. */
@Stateless
public class Authorizations {

    private static final String OWN = " where org_id = :org and user_id = :user and server = :server";
    private static final Duration LIFE = Duration.ofMinutes(10);

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private McpServers servers;
    private Credentials credentials;
    private CredentialRenewals renewals;
    private TokenEndpoint tokens;
    private Sealing sealing;

    @Inject
    void use(
            McpServers registered,
            Credentials kept,
            CredentialRenewals renewing,
            TokenEndpoint endpoint,
            Sealing seal) {
        servers = registered;
        credentials = kept;
        renewals = renewing;
        tokens = endpoint;
        sealing = seal;
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
        em.createNativeQuery("insert into core.mcp_authorizations"
                        + " (org_id, user_id, server, state_digest, sealed_verifier, redirect_uri, begun_at)"
                        + " values (:org, :user, :server, :state, :verifier, :redirect, :now)"
                        + " on conflict (org_id, user_id, server) do update set state_digest = excluded.state_digest,"
                        + " sealed_verifier = excluded.sealed_verifier, redirect_uri = excluded.redirect_uri,"
                        + " begun_at = excluded.begun_at")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("server", server)
                .setParameter("state", sha256(state))
                .setParameter(
                        "verifier", sealing.seal(verifier, place(actor, client), FederationError.CREDENTIAL_UNSEALABLE))
                .setParameter("redirect", order.redirectUri())
                .setParameter("now", now)
                .executeUpdate();
        return new AuthorizationView(server, url(client, state, verifier, order.redirectUri()), state, now.plus(LIFE));
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
        query.put("code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier)));
        query.put("code_challenge_method", "S256");
        query.put("resource", client.resource());
        String url = client.order().authorizationUrl();
        return url + (url.contains("?") ? "&" : "?") + TokenEndpoint.encoded(query);
    }

    /**
     * Completes the authorization that the caller began with a state: its code is redeemed, and the tokens are the caller's
     * credential from now on.
     *
     * @throws Rejection {@code SERVER_NOT_FOUND}, {@code AUTHORIZATION_NOT_OFFERED}, {@code AUTHORIZATION_UNKNOWN}, {@code
     *     AUTHORIZATION_REFUSED}, {@code SERVER_ANSWER_INVALID}; as {@link io.thespace.gateway.outbound.OutboundServer#send}
     */
    public CredentialView complete(Actor actor, String server, CodeOrder order) {
        OAuthClient client = servers.oauth(actor, server);
        List<?> rows = own(
                        "delete from core.mcp_authorizations" + OWN
                                + " and state_digest = :state and begun_at > :oldest returning sealed_verifier, redirect_uri",
                        actor,
                        server)
                .setParameter("state", sha256(order.state()))
                .setParameter("oldest", Instant.now().minus(LIFE))
                .getResultList();
        if (rows.isEmpty()) {
            throw new Rejection(
                    FederationError.AUTHORIZATION_UNKNOWN,
                    "You have begun no authorization with this state for the server %s, or more than ten minutes ago. Begin a new one."
                            .formatted(server));
        }
        Object[] row = (Object[]) rows.get(0);
        String verifier = verifier(actor, client, (byte[]) row[0]);
        return credentials.keep(actor, server, tokens.redeem(actor, client, order.code(), verifier, (String) row[1]));
    }

    private String verifier(Actor actor, OAuthClient client, byte[] sealed) {
        try {
            return sealing.open(sealed, place(actor, client));
        } catch (IllegalStateException e) {
            Rejection refusal = new Rejection(
                    FederationError.AUTHORIZATION_UNKNOWN,
                    "The address of the server %s, or of its authorization server, has changed since you began. Begin a new authorization."
                            .formatted(client.server()));
            refusal.initCause(e);
            throw refusal;
        }
    }

    /**
     * The bearer token that a request of the caller's to a server carries now.
     *
     * @param origin scheme, host and port (RFC 6454) where it is sent
     * @throws Rejection {@code CREDENTIAL_MISSING}: also when the user has to authorize the platform again; as {@link
     *     CredentialRenewals#renewed}
     */
    public String token(Actor actor, String server, String origin) {
        UserCredential present = credentials.find(actor, server, origin);
        return present.expires()
                ? renewals.renewed(actor, server, origin)
                        .orElseThrow(() -> credentials.missing(actor, server))
                        .token()
                : present.token();
    }

    private Query own(String statement, Actor actor, String server) {
        return em.createNativeQuery(statement)
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("server", server);
    }

    /** 256 random bits, as 43 characters: what RFC 7636 recommends for a verifier. */
    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** A verifier opens for the addresses that the user agreed to: its code goes to no other token endpoint. */
    private static String place(Actor actor, OAuthClient client) {
        return "mcp-authorization " + actor.orgId() + " " + actor.userId() + " " + client.server() + " of "
                + origin(client.order().tokenUrl()) + " for " + origin(client.resource());
    }

    private static String origin(String url) {
        return OutboundRequests.origin(URI.create(url));
    }
}
