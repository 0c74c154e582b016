package io.thespace.token;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The format of a token: {@code ibex_pat_}, the token's id, an underscore, 256 random bits, and the CRC-32 of
 * everything before it; each part in base 62 (0-9, A-Z, a-z) of a fixed length, so that secret scanners can find leaked
 * tokens and discard false positives offline.
 */
record TokenText(UUID id, String text) {

    /** The prefix of every token. */
    static final String PREFIX = "ibex_pat_";

    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{22}_[0-9A-Za-z]{49}");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int ID_LENGTH = 22;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new secret for a token. */
    static TokenText make(UUID id) {
        byte[] bits = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        String body = PREFIX + base62(new BigInteger(1, bits), ID_LENGTH) + "_"
                + base62(new BigInteger(1, secret), SECRET_LENGTH);
        return new TokenText(id, body + checksum(body));
    }

    /** Parses a client's token; empty unless it has the format of a token and a valid checksum. */
    static Optional<TokenText> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        int end = text.length() - CHECKSUM_LENGTH;
        BigInteger id = number(text.substring(PREFIX.length(), PREFIX.length() + ID_LENGTH));
        if (!text.substring(end).equals(checksum(text.substring(0, end))) || id.bitLength() > 128) {
            return Optional.empty();
        }
        return Optional.of(new TokenText(new UUID(id.shiftRight(64).longValue(), id.longValue()), text));
    }

    /** Returns the stored form: SHA-256, in base64url. */
    String hash() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return base62(BigInteger.valueOf(crc.getValue()), CHECKSUM_LENGTH);
    }

    private static String base62(BigInteger number, int length) {
        StringBuilder digits = new StringBuilder();
        BigInteger rest = number;
        while (digits.length() < length) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits.append(DIGITS.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return digits.reverse().toString();
    }

    private static BigInteger number(String base62) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < base62.length(); i++) {
            number = number.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(base62.charAt(i))));
        }
        return number;
    }

    @Override
    public String toString() {
        return "TokenText[" + id + "]";
    }
}
