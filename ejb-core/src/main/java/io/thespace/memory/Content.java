package io.thespace.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Normalization under which two contents count as the same. */
final class Content {

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

    private Content() {}

    /** SHA-256 of the content in Unicode's NFKC, in lower case, with single spaces. */
    static byte[] hash(String content) {
        String normal = SPACE.matcher(Normalizer.normalize(content, Normalizer.Form.NFKC))
                .replaceAll(" ")
                .strip()
                .toLowerCase(Locale.ROOT);
        try {
            return MessageDigest.getInstance("SHA-256").digest(normal.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
