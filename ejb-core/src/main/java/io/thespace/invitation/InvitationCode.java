package io.thespace.invitation;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * An invitation's code: 20 characters of Crockford's base32, 100 random bits. People may write it in lower case, with or
 * without the hyphens, and mistake O for 0 and I or L for 1.
 */
final class InvitationCode {

    static final int LENGTH = 20;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUP = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private InvitationCode() {}

    /** A new one, without hyphens. */
    static String make() {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** Normalizes a typed code: without hyphens and confusable characters; empty when it is not a code. */
    static Optional<String> read(String typed) {
        String code = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[-\\s]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return code.length() == LENGTH && code.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                ? Optional.of(code)
                : Optional.empty();
    }

    /** As people read it: {@code 7Q2M4-…}. */
    static String shown(String code) {
        StringBuilder shown = new StringBuilder(code);
        for (int at = code.length() - GROUP; at > 0; at -= GROUP) {
            shown.insert(at, '-');
        }
        return shown.toString();
    }
}
