package io.thespace.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The authorization server of a remote MCP server, where each browser is signed in (OAuth 2.1): Authorization Code with PKCE for a
 * confidential client, and refresh tokens that are good once.
 */
final class AuthorizationServer implements AutoCloseable {

    static final String CLIENT_ID = "the space";
    static final String CLIENT_SECRET = "kept+secret";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String resource;
    private final Set<String> accessTokens;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();

    /** The number of access tokens issued for refresh tokens. */
    final AtomicInteger renewals = new AtomicInteger();

    /** What requests for tokens wait for before they are answered; null for nothing. */
    volatile CountDownLatch holding;

    /** How many requests for tokens have arrived. */
    final AtomicInteger requests = new AtomicInteger();

    /** The lifetime of access tokens. */
    volatile int lifeSeconds = 3600;

    /**
     * Starts it.
     *
     * @param resource the address that all tokens must be asked for
     * @param accessTokens where each access token that is good is added
     */
    AuthorizationServer(String resource, Set<String> accessTokens) throws IOException {
        this.resource = resource;
        this.accessTokens = accessTokens;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    /** Its endpoint {@code authorize} or {@code token}. */
    String endpoint(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    /** Ends all authorizations. */
    void revoke() {
        refreshTokens.clear();
        accessTokens.clear();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        boolean right = CLIENT_ID.equals(asked.get("client_id"))
                && "code".equals(asked.get("response_type"))
                && "S256".equals(asked.get("code_challenge_method"))
                && "files:read files:write".equals(asked.get("scope"))
                && resource.equals(asked.get("resource"))
                && asked.get("state").length() >= 32;
        if (!right) {
            send(exchange, 400, "The request is not as it must be: " + asked);
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        URI.create(asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state"))
                                .toString());
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
        requests.incrementAndGet();
        hold();
        String credentials = form(CLIENT_ID) + ":" + form(CLIENT_SECRET);
        String basic = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, "{\"error\": \"invalid_client\"}");
            return;
        }
        boolean right;
        if ("authorization_code".equals(asked.get("grant_type"))) {
            Map<String, String> authorized = codes.remove(asked.get("code"));
            right = authorized != null
                    && authorized.get("code_challenge").equals(s256(asked.get("code_verifier")))
                    && authorized.get("redirect_uri").equals(asked.get("redirect_uri"));
        } else {
            right = refreshTokens.remove(asked.getOrDefault("refresh_token", ""));
            if (right) {
                renewals.incrementAndGet();
            }
        }
        if (!right || !resource.equals(asked.get("resource"))) {
            send(exchange, 400, "{\"error\": \"invalid_grant\", \"error_description\": \"It is not good any more\"}");
            return;
        }
        String access = UUID.randomUUID().toString();
        String refresh = UUID.randomUUID().toString();
        accessTokens.add(access);
        refreshTokens.add(refresh);
        send(
                exchange,
                200,
                Json.object(
                        "access_token",
                        access,
                        "token_type",
                        "bearer",
                        "expires_in",
                        lifeSeconds,
                        "refresh_token",
                        refresh));
    }

    private void hold() {
        CountDownLatch until = holding;
        try {
            if (until != null) {
                until.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The challenge of a verifier (RFC 7636, section 4.2). */
    static String s256(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a query or a form. */
    static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
