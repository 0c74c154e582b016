package io.thespace.server.grizzly;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parts of a request's head that the server does not handle correctly.
 *
 * @param path as received, undecoded
 * @param hosts each value of Host
 * @param transferEncodings each value of Transfer-Encoding
 * @param lengthToo whether it also has a Content-Length
 * @param http1 whether it uses HTTP/1.0 or 1.1
 */
record RequestHead(
        String method,
        String path,
        List<String> hosts,
        List<String> transferEncodings,
        boolean lengthToo,
        boolean http1) {

    private static final Set<String> NOT_SERVED = Set.of("TRACE", "CONNECT");
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?");

    /** Returns the reason to reject it; null without one. */
    Refusal fault() {
        Refusal framing = http1 ? framing() : null;
        if (framing != null) {
            return framing;
        }
        return NOT_SERVED.contains(method) ? Refusal.byServer(405) : target();
    }

    /**
     * RFC 9112, sections 3.2 and 6.1: an intermediary before this server may have interpreted such a request
     * differently.
     */
    private Refusal framing() {
        if (hosts.size() > 1) {
            return new Refusal(400, "The request has more than one Host header.");
        }
        if (hosts.size() == 1 && !validHost(hosts.get(0))) {
            return new Refusal(400, "The Host header is malformed.");
        }
        if (transferEncodings.isEmpty()) {
            return null;
        }
        if (lengthToo) {
            return new Refusal(400, "The request has both Content-Length and Transfer-Encoding.");
        }
        return transferEncodings.size() == 1 && transferEncodings.get(0).equalsIgnoreCase("chunked")
                ? null
                : new Refusal(400, "The only Transfer-Encoding of a request is chunked.");
    }

    private static boolean validHost(String host) {
        if (!HOST.matcher(host).matches()) {
            return false;
        }
        int colon = host.lastIndexOf(':');
        return colon <= host.lastIndexOf(']') || Integer.parseInt(host.substring(colon + 1)) <= 65_535;
    }

    private Refusal target() {
        if (!path.startsWith("/")) {
            return new Refusal(400, "The request's target is not a path.");
        }
        ByteBuffer decoded = ByteBuffer.allocate(path.length());
        for (int i = 0; i < path.length(); i++) {
            char one = path.charAt(i);
            if (one <= ' ' || one > '~') {
                return new Refusal(400, "The URL has a character that must be percent-encoded.");
            }
            if (one != '%') {
                decoded.put((byte) one);
                continue;
            }
            int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(path.charAt(i + 2), 16);
            if (low < 0) {
                return new Refusal(400, "The URL has a malformed percent-encoding.");
            }
            decoded.put((byte) (high * 16 + low));
            i += 2;
        }
        byte[] bytes = decoded.array();
        for (int i = 0; i < decoded.position(); i++) {
            if (bytes[i] == 0) {
                return new Refusal(400, "The URL has a NUL.");
            }
        }
        return named(decoded.flip()) ? null : notFound();
    }

    /** Whether it could name something: text without a backslash that does not leave the root. */
    private static boolean named(ByteBuffer bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return false;
        }
        if (text.indexOf('\\') >= 0) {
            return false;
        }
        int depth = 0;
        for (String segment : text.split("/+", -1)) {
            if (segment.equals("..")) {
                depth--;
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return false;
            }
        }
        return true;
    }

    private Refusal notFound() {
        return new Refusal(
                404,
                "There is nothing at this path. GET %s/openapi lists the endpoints there are."
                        .formatted(path.startsWith("/management/") ? "/management" : "/api"));
    }
}
