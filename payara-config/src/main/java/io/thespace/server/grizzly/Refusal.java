package io.thespace.server.grizzly;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A refusal, before an API gives it its form.
 *
 * @param message plain ASCII without quotation marks
 */
record Refusal(int status, String message) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final String MANAGEMENT = "/management";

    /** The refusal for a status with which the server itself responds because the application is not available. */
    static Refusal byServer(int status) {
        return switch (status) {
            case 400 -> new Refusal(400, "The request is malformed.");
            case 405 -> new Refusal(405, "This method is not allowed here.");
            case 408 -> new Refusal(408, "The request came too slowly.");
            case 413 -> new Refusal(413, "The body is too large.");
            case 414 -> new Refusal(414, "The URL is too long.");
            case 417 -> new Refusal(417, "This expectation cannot be met.");
            case 431 -> new Refusal(431, "The headers are too large.");
            case 505 -> new Refusal(505, "Use HTTP/1.1.");
            default ->
                // The application answers its own defects itself.
                status < 400 || status == 404 || status >= 500
                        ? new Refusal(503, "The platform is starting or stopped; try again.")
                        : new Refusal(status, "The request cannot be served.");
        };
    }

    /** The id that the client chose, if it may; else a new one. */
    static String requestId(String chosen) {
        return chosen != null && ID.matcher(chosen).matches()
                ? chosen
                : UUID.randomUUID().toString();
    }

    /** All headers but those of the connection. */
    Map<String, String> headers(String path, String requestId, int length) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(management(path) ? "X-Request-ID" : "X-Request-Id", requestId);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (status == 405) {
            headers.put("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        }
        if (status == 503) {
            headers.put("Retry-After", "5");
        }
        headers.put("Content-Type", "application/json");
        headers.put("Content-Length", Integer.toString(length));
        return headers;
    }

    /** The error in the form of the API that the path belongs to; the platform's for a path that belongs to none. */
    byte[] body(String path, String requestId) {
        String json = management(path)
                ? "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"request_id\":\"%s\"}}"
                        .formatted(code(), message, requestId)
                : "{\"error\":\"%s\",\"code\":%d,\"request_id\":\"%s\"}".formatted(message, status, requestId);
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean management(String path) {
        return path.equals(MANAGEMENT) || path.startsWith(MANAGEMENT + "/");
    }

    private String code() {
        return switch (status) {
            case 404 -> "NOT_FOUND";
            case 405 -> "METHOD_NOT_ALLOWED";
            case 408 -> "REQUEST_TIMEOUT";
            case 413 -> "PAYLOAD_TOO_LARGE";
            case 503 -> "SERVICE_DEGRADED";
            default -> "VALIDATION_ERROR";
        };
    }
}
