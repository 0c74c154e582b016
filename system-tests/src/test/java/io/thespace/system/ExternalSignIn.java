package io.thespace.system;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The authorization, token and end session endpoints of an OpenID Connect provider with one user, who is signed in there:
 * Authorization Code with PKCE (RFC 7636), and refresh tokens that are good once.
 */
final class ExternalSignIn {

    static final String CLIENT_ID = "the-space-dashboard";

    /** So short that the dashboard renews it before each call. */
    private static final int FIRST_LIFE_SECONDS = 1;

    private static final int LIFE_SECONDS = 300;

    private final Function<Map<String, Object>, String> sign;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> refreshTokens = new ConcurrentHashMap<>();
    private final List<Map<String, String>> signOuts = new CopyOnWriteArrayList<>();
    private volatile Map<String, Object> user = Map.of();
    private volatile String refusal;
    private volatile String nonce;

    /** @param sign makes a token of claims */
    ExternalSignIn(Function<Map<String, Object>, String> sign) {
        this.sign = sign;
    }

    /** The claims of the access tokens of whoever signs in from now on. */
    void as(Map<String, Object> claims) {
        user = claims;
        refusal = null;
        nonce = null;
    }

    /** Refuses each sign-in from now on. */
    void refuse(String description) {
        refusal = description;
    }

    /** Puts another nonce into the ID tokens from now on, as a replayed one has. */
    void replayNonce() {
        nonce = "of-another-sign-in";
    }

    /** Ends all sign-ins: their refresh tokens are refused. */
    void revoke() {
        refreshTokens.clear();
    }

    /** The parameters of the sign-outs. */
    List<Map<String, String>> signOuts() {
        return signOuts;
    }

    /** The authorization endpoint (OpenID Connect Core, section 3.1.2). */
    void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked =
                AuthorizationServer.parameters(exchange.getRequestURI().getRawQuery());
        if (!CLIENT_ID.equals(asked.get("client_id"))
                || !"code".equals(asked.get("response_type"))
                || !"S256".equals(asked.get("code_challenge_method"))
                || !List.of(asked.get("scope").split(" ", -1)).contains("openid")
                || asked.get("state").length() < 32
                || asked.get("nonce").length() < 32) {
            send(exchange, 400, "The request is not as it must be: " + asked, "text/plain");
            return;
        }
        String back = asked.get("redirect_uri") + "?state=" + asked.get("state");
        if (refusal != null) {
            redirect(
                    exchange,
                    back + "&error=access_denied&error_description="
                            + URLEncoder.encode(refusal, StandardCharsets.UTF_8));
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        redirect(
                exchange,
                back + "&code=" + code + "&iss=" + URLEncoder.encode(ExternalIssuer.ISSUER, StandardCharsets.UTF_8));
    }

    /** The token endpoint (RFC 6749, sections 4.1.3 and 6). */
    void token(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        Map<String, String> asked = AuthorizationServer.parameters(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
        if ("authorization_code".equals(asked.get("grant_type"))) {
            Map<String, String> authorized = codes.remove(asked.get("code"));
            if (authorized != null
                    && authorized.get("code_challenge").equals(AuthorizationServer.s256(asked.get("code_verifier")))
                    && authorized.get("redirect_uri").equals(asked.get("redirect_uri"))
                    && CLIENT_ID.equals(asked.get("client_id"))) {
                grant(exchange, user, authorized.get("nonce"), FIRST_LIFE_SECONDS);
                return;
            }
        } else {
            Map<String, Object> owner = refreshTokens.remove(asked.getOrDefault("refresh_token", ""));
            if (owner != null && CLIENT_ID.equals(asked.get("client_id"))) {
                grant(exchange, owner, null, LIFE_SECONDS);
                return;
            }
        }
        send(exchange, 400, "{\"error\": \"invalid_grant\"}", "application/json");
    }

    /** The end session endpoint (OpenID Connect RP-Initiated Logout 1.0). */
    void logout(HttpExchange exchange) throws IOException {
        Map<String, String> asked =
                AuthorizationServer.parameters(exchange.getRequestURI().getRawQuery());
        signOuts.add(asked);
        redirect(exchange, asked.get("post_logout_redirect_uri"));
    }

    private void grant(HttpExchange exchange, Map<String, Object> claims, String asked, int seconds)
            throws IOException {
        String refresh = UUID.randomUUID().toString();
        refreshTokens.put(refresh, claims);
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("iss", ExternalIssuer.ISSUER);
        identity.put("aud", CLIENT_ID);
        identity.put("sub", claims.get("sub"));
        identity.put("exp", Instant.now().plusSeconds(seconds).getEpochSecond());
        if (asked != null) {
            identity.put("nonce", nonce == null ? asked : nonce);
        }
        Map<String, Object> access = new LinkedHashMap<>(claims);
        access.put("jti", UUID.randomUUID().toString());
        send(
                exchange,
                200,
                Json.object(
                        "access_token",
                        sign.apply(access),
                        "token_type",
                        "Bearer",
                        "expires_in",
                        seconds,
                        "refresh_token",
                        refresh,
                        "id_token",
                        sign.apply(identity)),
                "application/json");
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", URI.create(location).toString());
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void send(HttpExchange exchange, int status, String body, String mediaType) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
