package io.thespace.wire;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A JSON body as it is sent: its size and its declared media type are checked, its content is not. */
public final class JsonBody {

    private static final Pattern MEDIA_TYPE =
            Pattern.compile("\\s*[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String FORM = "multipart/form-data";

    private JsonBody() {}

    /**
     * Reads a body of at most {@code SPACE_REQUEST_LIMIT_BYTES}.
     *
     * @param in the body; closed afterwards
     * @throws Rejection {@code BODY_TOO_LARGE}, {@code NOT_JSON}
     */
    public static byte[] read(HttpServletRequest request, InputStream in) throws IOException {
        if (isForm(request)) {
            throw notJson();
        }
        byte[] body = bytes(request, in);
        if (body.length > 0 && !isJson(request) && !isObjectDeclaredAsForm(request, body)) {
            throw notJson();
        }
        return body;
    }

    /**
     * Reads a text of at most {@code SPACE_REQUEST_LIMIT_BYTES}.
     *
     * @param in the body; closed afterwards
     * @throws Rejection {@code BODY_TOO_LARGE}, {@code NOT_JSON}
     */
    public static String text(HttpServletRequest request, InputStream in) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(request, in)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Rejection(EndpointError.NOT_JSON, "The body must be text in UTF-8.");
        }
    }

    private static byte[] bytes(HttpServletRequest request, InputStream in) throws IOException {
        checkLength(request);
        int limit = Configuration.get().get(Key.REQUEST_LIMIT_BYTES);
        byte[] body;
        try (in) {
            body = in.readNBytes(limit + 1);
        }
        if (body.length > limit) {
            throw tooLarge(limit);
        }
        return body;
    }

    /**
     * Rejects a malformed media type (RFC 9110, section 8.3.1). Jersey answers it without the platform's error body,
     * and RESTEasy only when it reads the request body.
     */
    static void checkMediaType(HttpServletRequest request) {
        String type = request.getContentType();
        if (type != null && !MEDIA_TYPE.matcher(type).lookingAt()) {
            throw notJson();
        }
    }

    /** Refuses a body that is declared larger than its limit, before any of it is read. */
    public static void checkLength(HttpServletRequest request) {
        int limit = Configuration.get().get(Key.REQUEST_LIMIT_BYTES);
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
    }

    /** The refusal of a body of another media type. */
    public static Rejection notJson() {
        return new Rejection(
                EndpointError.NOT_JSON, "The body must be JSON in UTF-8: send \"Content-Type: application/json\".");
    }

    /** Whether a body is declared as a form that can hold files (RFC 7578). */
    public static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, FORM, 0, FORM.length());
    }

    /** Whether a body is declared as JSON in UTF-8, or not at all. */
    public static boolean isJson(HttpServletRequest request) {
        return request.getContentType() == null
                || isUtf8(
                        request,
                        type -> type.equals("application/json")
                                || (type.startsWith("application/") && type.endsWith("+json")));
    }

    /** Whether a body is declared as one of some media types in UTF-8. */
    public static boolean isOneOf(HttpServletRequest request, List<String> mediaTypes) {
        return request.getContentType() != null && isUtf8(request, mediaTypes::contains);
    }

    private static boolean isUtf8(HttpServletRequest request, Predicate<String> mediaType) {
        String contentType = request.getContentType();
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return mediaType.test(type);
    }

    /**
     * Whether a JSON object was sent with the content type that curl gives every body. No form is taken for one: forms
     * percent-encode the braces.
     */
    private static boolean isObjectDeclaredAsForm(HttpServletRequest request, byte[] body) {
        String type = request.getContentType();
        int at = 0;
        while (at < body.length && body[at] <= ' ') {
            at++;
        }
        return type.regionMatches(true, 0, URL_ENCODED, 0, URL_ENCODED.length()) && at < body.length && body[at] == '{';
    }

    /** The refusal of a body of more than {@code limit} bytes. */
    static Rejection tooLarge(int limit) {
        return new Rejection(EndpointError.BODY_TOO_LARGE, "The body exceeds %d bytes.".formatted(limit));
    }
}
