package io.thespace.wire;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The query of a URL. */
public final class Query {

    private Query() {}

    /**
     * The values by name.
     *
     * @throws Rejection {@code INVALID_REQUEST} for a malformed percent-encoding and for a name that stands twice
     */
    public static Map<String, String> of(HttpServletRequest request) {
        String text = request.getQueryString();
        if (text == null) {
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (values.putIfAbsent(name, value) != null) {
                throw Rejection.of(EndpointError.INVALID_REQUEST, name, name + " stands twice in the query.");
            }
        }
        return values;
    }

    /**
     * Decodes a part of a URL, in which a plus sign is a space.
     *
     * @throws Rejection {@code INVALID_REQUEST}
     */
    public static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Rejection(EndpointError.INVALID_REQUEST, "The URL has a malformed percent-encoding.");
        }
    }
}
