package io.thespace.identity.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.identity.IdentityError;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * An unverified JSON Web Token.
 *
 * @param issuer the claimed issuer
 * @param expiresAt the claimed expiry; the epoch without one
 * @param kid the claimed key id; null without one
 */
record BearerToken(String text, String issuer, String kid, Instant expiresAt) {

    private static final List<String> TIMES = List.of("exp", "iat", "nbf");

    /** The end of the year 9999, in seconds. */
    private static final double MAX_SECONDS = 253_402_300_799.0;

    /** Longer than any issuer's; what is longer is not even looked at. */
    private static final int MAX_LENGTH = 16_384;

    /**
     * Parses a client's token without verifying it, to select the verifier.
     *
     * @param text null without a token
     * @throws Rejection {@code TOKEN_MISSING}, {@code TOKEN_MALFORMED}; {@code TOKEN_INVALID} when a time in it is
     *     malformed
     */
    static BearerToken read(String text) {
        if (text == null || text.isEmpty()) {
            throw new Rejection(
                    IdentityError.TOKEN_MISSING, "Sign in first: send an access token as Authorization: Bearer.");
        }
        if (text.length() > MAX_LENGTH) {
            throw malformed();
        }
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
            throw malformed();
        }
        JsonNode header = object(text.substring(0, first));
        JsonNode claims = object(text.substring(first + 1, second));
        JsonNode kid = header.path("kid");
        for (String name : TIMES) {
            checkTime(name, claims.path(name));
        }
        return new BearerToken(
                text, claims.path("iss").asText(""), kid.isTextual() ? kid.asText() : null, Instant.ofEpochSecond((long)
                        claims.path("exp").doubleValue()));
    }

    /** RFC 7519 has numbers of any size there; what no clock shows would be an overflow further on. */
    private static void checkTime(String name, JsonNode time) {
        if (!time.isMissingNode()) {
            double seconds = time.isNumber() ? time.doubleValue() : Double.NaN;
            if (!(seconds >= 0 && seconds <= MAX_SECONDS)) {
                throw new Rejection(
                        IdentityError.TOKEN_INVALID,
                        "The access token is invalid: its claim %s is not a number of seconds between 1970 and 9999."
                                .formatted(name));
            }
        }
    }

    private static JsonNode object(String base64) {
        try {
            JsonNode node = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(base64));
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw malformed();
        }
        throw malformed();
    }

    private static Rejection malformed() {
        return new Rejection(IdentityError.TOKEN_MALFORMED, "The access token is malformed: it is not a signed JWT.");
    }

    @Override
    public String toString() {
        return "BearerToken[" + issuer + "]";
    }
}
