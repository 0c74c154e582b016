package io.thespace.wire;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses what a server lets through though it is not well formed, or would answer in a form of its own (ADR 0040). */
final class RequestHead {

    private static final Set<String> NOT_SERVED = Set.of("TRACE", "CONNECT");
    private static final String SERVED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final Pattern MALFORMED = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    /** Characters that must be escaped in a URL (RFC 3986, section 2), and that {@code java.net.URI} rejects. */
    private static final Pattern UNESCAPED = Pattern.compile("[\"<>\\\\^`{|}]");

    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x21-\\x7e]");

    private RequestHead() {}

    /**
     * Checks the head of a request.
     *
     * @throws Rejection {@code WRONG_METHOD}, with the {@code Allow} header set, or {@code INVALID_REQUEST}; then the
     *     connection is closed when the start of the next request is not known (RFC 9112, section 6.1)
     */
    static void check(HttpServletRequest request, HttpServletResponse response) {
        if (NOT_SERVED.contains(request.getMethod())) {
            response.setHeader("Allow", SERVED);
            throw new Rejection(EndpointError.WRONG_METHOD, "No endpoint has the method " + request.getMethod() + ".");
        }
        List<String> encodings = Collections.list(request.getHeaders("Transfer-Encoding"));
        if (!encodings.isEmpty()
                && (encodings.size() > 1 || !encodings.get(0).strip().equalsIgnoreCase("chunked"))) {
            response.setHeader("Connection", "close");
            throw new Rejection(EndpointError.INVALID_REQUEST, "The only Transfer-Encoding of a request is chunked.");
        }
        String query = request.getQueryString();
        if (MALFORMED.matcher(request.getRequestURI()).find()
                || (query != null && MALFORMED.matcher(query).find())) {
            throw new Rejection(EndpointError.INVALID_REQUEST, "The URL has a malformed percent-encoding.");
        }
        if (request.getRequestURI().contains("%00")) {
            throw new Rejection(EndpointError.INVALID_REQUEST, "The URL has a NUL character.");
        }
        if (NOT_ASCII.matcher(request.getRequestURI()).find()
                || UNESCAPED.matcher(request.getRequestURI()).find()
                || (query != null && UNESCAPED.matcher(query).find())) {
            throw new Rejection(EndpointError.INVALID_REQUEST, "The URL has a character that must be percent-encoded.");
        }
    }
}
