package io.thespace.mcp.federation.authorization;

import io.thespace.gateway.outbound.OutboundRequests;
import io.thespace.identity.key.Sealing;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.OAuthClient;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Authorizations that users have begun and not completed, with their sealed verifiers. */
@Stateless
public class BegunAuthorizations {

    static final Duration LIFE = Duration.ofMinutes(10);

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private Sealing sealing;

    @Inject
    void use(Sealing seal) {
        sealing = seal;
    }

    /** The verifier and the redirect URI with which a code is redeemed. Public for the container's proxies. */
    public record Begun(String verifier, String redirectUri) {}

    /**
     * Keeps an authorization, in place of one for the same server that the caller has not completed.
     *
     * @throws Rejection {@code CREDENTIAL_UNSEALABLE}
     */
    public void keep(Actor actor, OAuthClient client, String state, String verifier, String redirectUri, Instant now) {
        em.createNativeQuery("insert into core.mcp_authorizations"
                        + " (org_id, user_id, server, state_digest, sealed_verifier, redirect_uri, begun_at)"
                        + " values (:org, :user, :server, :state, :verifier, :redirect, :now)"
                        + " on conflict (org_id, user_id, server) do update set state_digest = excluded.state_digest,"
                        + " sealed_verifier = excluded.sealed_verifier, redirect_uri = excluded.redirect_uri,"
                        + " begun_at = excluded.begun_at")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("server", client.server())
                .setParameter("state", sha256(state))
                .setParameter(
                        "verifier", sealing.seal(verifier, place(actor, client), FederationError.CREDENTIAL_UNSEALABLE))
                .setParameter("redirect", redirectUri)
                .setParameter("now", now)
                .executeUpdate();
    }

    /**
     * Takes the authorization that the caller began with a state. It can be taken once: a code that is sent a second time may end
     * the tokens of the first (RFC 6749, section 4.1.2).
     *
     * @throws Rejection {@code AUTHORIZATION_UNKNOWN}
     */
    public Begun take(Actor actor, OAuthClient client, String state) {
        List<?> rows = em.createNativeQuery("delete from core.mcp_authorizations"
                        + " where org_id = :org and user_id = :user and server = :server"
                        + " and state_digest = :state and begun_at > :oldest returning sealed_verifier, redirect_uri")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("server", client.server())
                .setParameter("state", sha256(state))
                .setParameter("oldest", Instant.now().minus(LIFE))
                .getResultList();
        if (rows.isEmpty()) {
            throw new Rejection(
                    FederationError.AUTHORIZATION_UNKNOWN,
                    "You have begun no authorization with this state for the server %s, or more than ten minutes ago. Begin a new one."
                            .formatted(client.server()));
        }
        Object[] row = (Object[]) rows.get(0);
        return new Begun(verifier(actor, client, (byte[]) row[0]), (String) row[1]);
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

    static byte[] sha256(String text) {
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
