package io.thespace.configuration;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parsers of setting values: each method parses a text, or throws {@link IllegalArgumentException} with the reason. */
final class ValueFormat {

    private ValueFormat() {}

    static <E extends Enum<E>> E enumeration(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(e -> e.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(e -> e.name().toLowerCase(Locale.ROOT))
                                        .toList())));
    }

    static String text(String text) {
        check(text.length() <= 2000, "is longer than 2000 characters");
        return text;
    }

    static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    static URI backend(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a URL", e);
        }
        String host = uri.getHost();
        check(
                host != null
                        && ("https".equals(uri.getScheme())
                                || ("http".equals(uri.getScheme()) && host.matches("127\\..*|\\[::1]|localhost"))),
                "must be an https URL; only on loopback may it be http");
        check(
                uri.getQuery() == null && uri.getFragment() == null && uri.getUserInfo() == null,
                "must have no query, fragment or user");
        return uri;
    }

    static URI redis(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a URL", e);
        }
        check(
                ("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme())) && uri.getHost() != null,
                "must look like redis://:password@host:6379");
        return uri;
    }

    static Map<String, PublicKey> publishers(String text) {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        for (String pair : list(text)) {
            int equals = pair.indexOf('=');
            check(equals > 0, "must be name=key pairs, not " + pair);
            try {
                byte[] der =
                        Base64.getDecoder().decode(pair.substring(equals + 1).strip());
                keys.put(
                        pair.substring(0, equals).strip(),
                        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "has a key that is not an Ed25519 public key in base64: that of "
                                + pair.substring(0, equals).strip(),
                        e);
            }
        }
        return Map.copyOf(keys);
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
