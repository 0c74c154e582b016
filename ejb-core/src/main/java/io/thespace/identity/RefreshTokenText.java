package io.thespace.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A refresh token as its holder keeps it: the organization in clear, so that the tenant is known before the token is looked
 * up, a dot, and 256 random bits; both parts in base64url.
 */
record RefreshTokenText(UUID orgId, String text) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
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

    /** What a client sent, if it has the form of a refresh token. */
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

    /** What the database knows it by: SHA-256, in base64url. */
    String hash() {
        try {
            return ENCODER.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "RefreshTokenText[" + orgId + "]";
    }
}
