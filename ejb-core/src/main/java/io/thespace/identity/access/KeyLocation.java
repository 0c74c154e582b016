package io.thespace.identity.access;

import io.thespace.identity.key.VerificationKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The location of an external issuer's public keys: a URL or a file, with a JWKS, or one key or certificate in PEM.
 * Requests to a URL time out after a few seconds, and a response may have 1 MiB. A URL gets a few seconds to answer,
 * and an answer may have 1 MiB.
 */
record KeyLocation(String location) {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 1 << 20;

    /**
     * The keys that are there now, by key id.
     *
     * @throws IllegalStateException when they are out of reach or none can be read
     */
    Map<String, PublicKey> fetch() {
        try {
            String text = location.startsWith("https:") || location.startsWith("http:") ? download() : read();
            Map<String, PublicKey> keys = text.stripLeading().startsWith("{") ? jwks(text) : pem(text);
            if (keys.isEmpty()) {
                throw new IllegalStateException("There is no public signing key at " + location);
            }
            return keys;
        } catch (IOException | UncheckedIOException | GeneralSecurityException | JoseException e) {
            throw new IllegalStateException("No public keys can be read from " + location, e);
        }
    }

    private String read() throws IOException {
        Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
        return Files.readString(file);
    }

    private String download() throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(TIMEOUT)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(location))
                .header("Accept", "application/json")
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException("HTTP status " + response.statusCode());
                }
                return new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    private static Map<String, PublicKey> jwks(String text) throws JoseException {
        Map<String, PublicKey> keys = new HashMap<>();
        JsonWebKeySet set = new JsonWebKeySet(text);
        for (JsonWebKey key : set.getJsonWebKeys()) {
            boolean signs = key.getUse() == null || key.getUse().equals("sig");
            if (signs && key instanceof PublicJsonWebKey pair) {
                keys.put(key.getKeyId() == null ? VerificationKeys.NAMELESS : key.getKeyId(), pair.getPublicKey());
            }
        }
        return keys;
    }

    /** A single key without an id. */
    private static Map<String, PublicKey> pem(String text) throws GeneralSecurityException {
        if (text.contains("-----BEGIN CERTIFICATE-----")) {
            return Map.of(
                    VerificationKeys.NAMELESS,
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
                            .getPublicKey());
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("Neither JWKS nor PEM", e);
        }
        X509EncodedKeySpec spec = new X509EncodedKeySpec(der);
        try {
            return Map.of(
                    VerificationKeys.NAMELESS, KeyFactory.getInstance("RSA").generatePublic(spec));
        } catch (GeneralSecurityException e) {
            return Map.of(
                    VerificationKeys.NAMELESS, KeyFactory.getInstance("EC").generatePublic(spec));
        }
    }
}
