package io.thespace.identity.signin;

import io.thespace.limit.CallerNetwork;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A refresh token as its holder keeps it: the organization in clear, so that the tenant is known before the token is looked
 * up, a dot, and 256 random bits; both parts in base64url.
 */
record RefreshTokenText(UUID orgId, String text) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String MAC = "HmacSHA256";

    /** The index of the secret, after the organization and the dot. */
    private static final int SECRET = 23;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}");

    static RefreshTokenText make(UUID orgId) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        byte[] org = ByteBuffer.allocate(16)
                .putLong(orgId.getMostSignificantBits())
                .putLong(orgId.getLeastSignificantBits())
                .array();
        return new RefreshTokenText(orgId, ENCODER.encodeToString(org) + "." + ENCODER.encodeToString(secret));
    }

    /** Parses a client's token; empty when it is not a refresh token. */
    static Optional<RefreshTokenText> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        byte[] org;
        try {
            org = Base64.getUrlDecoder().decode(text.substring(0, 22));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        ByteBuffer bits = ByteBuffer.wrap(org);
        return Optional.of(new RefreshTokenText(new UUID(bits.getLong(), bits.getLong()), text));
    }

    /** Returns the stored form: SHA-256, in base64url. */
    String hash() {
        return sha256(text);
    }

    private static String sha256(String text) {
        try {
            return ENCODER.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The token that follows this one, readable with this one only. */
    String seal(RefreshTokenText next) {
        return ENCODER.encodeToString(masked(next.secret()));
    }

    /** Opens the result of {@link #seal}. */
    RefreshTokenText open(String sealed) {
        String secret = ENCODER.encodeToString(masked(Base64.getUrlDecoder().decode(sealed)));
        return new RefreshTokenText(orgId, text.substring(0, SECRET) + secret);
    }

    private byte[] secret() {
        return Base64.getUrlDecoder().decode(text.substring(SECRET));
    }

    /** Exclusive or with bytes that only this token gives. */
    private byte[] masked(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret(), MAC));
            byte[] mask = mac.doFinal("successor".getBytes(StandardCharsets.US_ASCII));
            byte[] masked = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                masked[i] = (byte) (bytes[i] ^ mask[i]);
            }
            return masked;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + MAC, e);
        }
    }

    /**
     * Returns the stored form of the client that uses a token.
     *
     * @param tokenHash of the token, as a salt
     * @param address the client's network address; null when it has none
     */
    static String client(String tokenHash, String address) {
        return sha256(tokenHash + " " + (address == null ? "" : CallerNetwork.of(address)));
    }

    @Override
    public String toString() {
        return "RefreshTokenText[" + orgId + "]";
    }
}
