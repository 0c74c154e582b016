package io.thespace.gateway.forward;

import io.thespace.gateway.GatewayError;
import io.thespace.plugin.api.Rejection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A path without ambiguity. Anything that one server takes for a name and another for traversal is rejected, not
 * normalized: {@code ..}, {@code //}, encoded slashes, backslashes, dots and NULs, even if encoded twice.
 *
 * @param raw the segments after the gateway's own, as received
 * @param segments the same, decoded
 */
public record GatewayPath(List<String> raw, List<String> segments) {

    private static final int MAX_LENGTH = 8_192;
    private static final int MAX_SEGMENTS = 100;

    /** pchar of RFC 3986, section 3.3. In two, as alternatives in a repetition cost stack for every character. */
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@%-]*+");

    private static final Pattern MALFORMED = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** Also with a parameter behind them, which some servers cut off. */
    private static final Pattern DOTS = Pattern.compile("(?s)\\.\\.?(;.*)?");

    private static final Pattern TWICE = Pattern.compile("(?i)%(2e|2f|5c|00|25)");

    public GatewayPath {
        raw = List.copyOf(raw);
        segments = List.copyOf(segments);
    }

    /**
     * Reads a path.
     *
     * @param path as in the request line, without the query
     * @param before the prefix of the gateway's own paths, for example {@code /api/v1/gateway}
     * @throws Rejection {@code INVALID_PATH}
     */
    public static GatewayPath read(String path, String before) {
        if (!path.startsWith(before + "/") || path.length() > MAX_LENGTH) {
            throw refused("It must begin with %s/ as it is written here, and have %d characters at the most."
                    .formatted(before, MAX_LENGTH));
        }
        String[] parts = path.substring(before.length() + 1).split("/", -1);
        if (parts.length > MAX_SEGMENTS) {
            throw refused("It may have %d segments at the most.".formatted(MAX_SEGMENTS));
        }
        List<String> decoded = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() && i < parts.length - 1) {
                throw refused("It must not have two slashes in a row.");
            }
            decoded.add(decode(parts[i]));
        }
        return new GatewayPath(List.of(parts), decoded);
    }

    private static String decode(String segment) {
        if (!SEGMENT.matcher(segment).matches() || MALFORMED.matcher(segment).find()) {
            throw refused("It holds a character that must be percent-encoded, or a malformed percent-encoding.");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(segment)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("Its percent-encoding is not UTF-8.");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\')
                || TWICE.matcher(text).find()) {
            throw refused("It must not hold encoded slashes, backslashes, control characters or percent signs.");
        }
        if (DOTS.matcher(text).matches() || segment.toLowerCase(Locale.ROOT).contains("%2e")) {
            throw refused("It must not hold . or .. as a segment, nor an encoded dot.");
        }
        return text;
    }

    private static byte[] bytes(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(segment.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    /** Returns the rest after this many segments, as received: empty, or beginning with a slash. */
    public String rest(int depth) {
        return depth >= raw.size() ? "" : "/" + String.join("/", raw.subList(depth, raw.size()));
    }

    private static Rejection refused(String why) {
        return new Rejection(GatewayError.INVALID_PATH, "The gateway does not take this path. " + why);
    }
}
