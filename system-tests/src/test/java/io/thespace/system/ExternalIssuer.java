package io.thespace.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** An OpenID Connect provider: it publishes its keys, and signs a browser's user in. */
final class ExternalIssuer implements AutoCloseable {

    static final String ISSUER = "https://issuer.example/realms/space";
    static final String AUDIENCE = "the-space-tests";

    private static final String KEY_ID = "external-1";

    private final HttpServer server;
    private final KeyPair key;
    private final ExternalSignIn signIn;

    private ExternalIssuer(HttpServer server, KeyPair key) {
        this.server = server;
        this.key = key;
        this.signIn = new ExternalSignIn(this::sign);
        server.createContext("/authorize", signIn::authorize);
        server.createContext("/token", signIn::token);
        server.createContext("/logout", signIn::logout);
    }

    static ExternalIssuer start() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair key = generator.generateKeyPair();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] jwks = jwks((RSAPublicKey) key.getPublic()).getBytes(StandardCharsets.UTF_8);
        server.createContext("/jwks", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, jwks.length);
            exchange.getResponseBody().write(jwks);
            exchange.close();
        });
        ExternalIssuer issuer = new ExternalIssuer(server, key);
        server.start();
        return issuer;
    }

    /** The URL of its keys. */
    URI keys() {
        return endpoint("jwks");
    }

    /** Its endpoint {@code authorize}, {@code token} or {@code logout}. */
    URI endpoint(String name) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
    }

    /** How it signs in the user of a browser. */
    ExternalSignIn signIn() {
        return signIn;
    }

    /** A token with these claims. */
    String sign(Map<String, Object> claims) {
        return Jwt.rs256(key.getPrivate(), KEY_ID, claims);
    }

    private static String jwks(RSAPublicKey key) {
        return "{\"keys\":["
                + Json.object(
                        "kty",
                        "RSA",
                        "use",
                        "sig",
                        "alg",
                        "RS256",
                        "kid",
                        KEY_ID,
                        "n",
                        unsigned(key.getModulus()),
                        "e",
                        unsigned(key.getPublicExponent()))
                + "]}";
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] magnitude = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(magnitude);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
