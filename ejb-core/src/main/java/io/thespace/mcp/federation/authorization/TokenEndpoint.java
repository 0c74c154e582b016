package io.thespace.mcp.federation.authorization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.thespace.gateway.outbound.OutboundRequests;
import io.thespace.gateway.outbound.OutboundServer;
import io.thespace.json.Json;
import io.thespace.json.Texts;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.OAuthClient;
import io.thespace.mcp.federation.UserCredential;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Token endpoints of authorization servers (RFC 6749, section 3.2), by the gateway's rule of addresses. */
@ApplicationScoped
public class TokenEndpoint {

    private static final int LIMIT_MILLIS = 10_000;
    private static final int CONCURRENCY = 4;
    private static final int MAX_SENTENCE = 300;

    /** More than servers that may be registered at once: only those of former settings are dropped. */
    private static final int MAX_SERVERS = 200;

    /** Least recently used first; guarded by itself. */
    private final Map<String, OutboundServer> servers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OutboundServer> eldest) {
            return size() > MAX_SERVERS;
        }
    };

    private OutboundRequests outbound;

    TokenEndpoint() {}

    @Inject
    TokenEndpoint(OutboundRequests outbound) {
        this.outbound = outbound;
    }

    /**
     * Redeems a code (RFC 6749, section 4.1.3).
     *
     * @param verifier of the challenge that the authorization was begun with (RFC 7636, section 4.5)
     * @throws Rejection {@code AUTHORIZATION_REFUSED}, {@code SERVER_ANSWER_INVALID}; as {@link io.thespace.gateway.outbound.OutboundServer#send}
     */
    UserCredential redeem(Actor actor, OAuthClient client, String code, String verifier, String redirectUri) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.put("code_verifier", verifier);
        return ask(actor, client, form, null);
    }

    /**
     * Gets the next access token (RFC 6749, section 6). A server that sends no other refresh token lets the present one be used again.
     *
     * @throws Rejection as {@link #redeem}
     */
    UserCredential renew(Actor actor, OAuthClient client, String refreshToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        return ask(actor, client, form, refreshToken);
    }

    private UserCredential ask(Actor actor, OAuthClient client, Map<String, String> form, String present) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Content-Type", "application/x-www-form-urlencoded"));
        headers.add(Map.entry("Accept", "application/json"));
        form.put("resource", client.resource());
        if (client.secret() == null) {
            form.put("client_id", client.order().clientId());
        } else {
            headers.add(Map.entry("Authorization", basic(client)));
        }
        TokenReader reader = new TokenReader();
        Instant asked = Instant.now();
        server(client).send(actor, "POST", headers, encoded(form).getBytes(StandardCharsets.US_ASCII), reader);
        JsonNode answer = parsed(reader.body());
        if (reader.status() == 400 && answer.path("error").asText().equals("invalid_grant")) {
            throw new Rejection(
                    FederationError.AUTHORIZATION_REFUSED,
                    "The authorization server of %s rejected it%s. Begin a new authorization."
                            .formatted(client.server(), reason(answer)));
        }
        return credential(client, reader.status(), answer, asked, present);
    }

    /** Its places and its circuit breaker count over all requests of this node. */
    private OutboundServer server(OAuthClient client) {
        String url = client.order().tokenUrl();
        synchronized (servers) {
            return servers.computeIfAbsent(
                    client.server() + " " + url,
                    key -> outbound.server(
                            "the authorization server of " + client.server(),
                            URI.create(url),
                            LIMIT_MILLIS,
                            CONCURRENCY));
        }
    }

    private static UserCredential credential(
            OAuthClient client, int status, JsonNode answer, Instant asked, String present) {
        String token = answer.path("access_token").asText();
        String refresh = answer.path("refresh_token").asText();
        if (status != 200
                || !token.matches("[!-~]{1,8000}")
                || !refresh.matches("[ -~]{0,8000}")
                || !answer.path("token_type").asText("Bearer").equalsIgnoreCase("Bearer")) {
            throw new Rejection(
                    FederationError.SERVER_ANSWER_INVALID,
                    "The authorization server of %s responded with %d without a usable bearer token%s. Try again, or ask an administrator to check it."
                            .formatted(client.server(), status, reason(answer)));
        }
        long life = answer.path("expires_in").asLong();
        return new UserCredential(
                token,
                life > 0 ? asked.plusSeconds(Math.min(life, Integer.MAX_VALUE)) : null,
                refresh.isEmpty() ? present : refresh);
    }

    /** RFC 6749, section 2.3.1. */
    private static String basic(OAuthClient client) {
        String pair = encoded(client.order().clientId()) + ":" + encoded(client.secret());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(member -> member.getKey() + "=" + encoded(member.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode parsed(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String reason(JsonNode answer) {
        String said =
                answer.path("error_description").asText(answer.path("error").asText());
        String line = said.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.isEmpty() ? "" : ": " + Texts.truncate(line, MAX_SENTENCE);
    }
}
