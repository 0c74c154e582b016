package io.thespace.gateway.servlet;

import io.thespace.gateway.EchoView;
import io.thespace.gateway.GatewayError;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.wire.Streamed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Responds with the request. */
final class Echo {

    static final String PATH = Streamed.ECHO;

    private static final int MAX_BYTES = 65_536;
    private static final String MASK = "***";
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(authorization|cookie|token|secret|password|credential|api[-_]?key|signature).*");
    private static final Pattern PARAMETER = Pattern.compile("([^&=]*)=([^&]*)");

    private Echo() {}

    static void answer(HttpServletRequest request, HttpServletResponse response, Actor actor) throws IOException {
        byte[] body = body(request);
        String text = text(body);
        EchoView view = new EchoView(
                request.getMethod(),
                PATH,
                query(request.getQueryString()),
                headers(request),
                body.length == 0 ? null : text,
                text == null ? Base64.getEncoder().encodeToString(body) : null,
                EchoView.Identity.of(actor),
                actor.requestId(),
                actor.sessionId());
        byte[] json = Json.MAPPER.writeValueAsBytes(view);
        response.setStatus(200);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(json);
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        byte[] body = new byte[0];
        if (request.getContentLengthLong() <= MAX_BYTES) {
            try (InputStream in = request.getInputStream()) {
                body = in.readNBytes(MAX_BYTES + 1);
            }
        }
        if (body.length > MAX_BYTES || request.getContentLengthLong() > MAX_BYTES) {
            throw new Rejection(
                    GatewayError.BODY_TOO_LARGE, "A body to echo may have %d bytes at the most.".formatted(MAX_BYTES));
        }
        return body;
    }

    /** The body as text; null when it is not valid UTF-8. */
    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    static String query(String query) {
        return query == null
                ? null
                : PARAMETER
                        .matcher(query)
                        .replaceAll(pair -> SECRET.matcher(pair.group(1)).matches()
                                ? Matcher.quoteReplacement(pair.group(1) + "=" + MASK)
                                : Matcher.quoteReplacement(pair.group()));
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(
                    name.toLowerCase(Locale.ROOT),
                    SECRET.matcher(name).matches()
                            ? MASK
                            : String.join(", ", Collections.list(request.getHeaders(name))));
        }
        return headers;
    }
}
