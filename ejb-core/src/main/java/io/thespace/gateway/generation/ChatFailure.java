package io.thespace.gateway.generation;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.gateway.GatewayError;
import io.thespace.json.Texts;
import io.thespace.plugin.api.Rejection;
import jakarta.annotation.Nullable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An error that a model's server reports in a body or in an event of a stream.
 *
 * @param status the HTTP status that it corresponds to; 0 without a known one
 * @param reason the server's message; empty without one
 */
record ChatFailure(int status, String reason) {

    private static final int MAX_REASON = 300;

    /** The statuses of the error types and codes that servers name. */
    private static final Map<String, Integer> STATUSES = Map.ofEntries(
            Map.entry("invalid_request_error", 400),
            Map.entry("invalid_request", 400),
            Map.entry("invalid_argument", 400),
            Map.entry("badrequesterror", 400),
            Map.entry("badrequest", 400),
            Map.entry("bad_request", 400),
            Map.entry("context_length_exceeded", 400),
            Map.entry("exceed_context_size_error", 400),
            Map.entry("content_filter", 400),
            Map.entry("content_policy_violation", 400),
            Map.entry("validation", 422),
            Map.entry("authentication_error", 401),
            Map.entry("invalid_api_key", 401),
            Map.entry("unauthenticated", 401),
            Map.entry("permission_error", 403),
            Map.entry("permission_denied", 403),
            Map.entry("not_found_error", 404),
            Map.entry("notfounderror", 404),
            Map.entry("not_found", 404),
            Map.entry("model_not_found", 404),
            Map.entry("rate_limit_error", 429),
            Map.entry("rate_limit_exceeded", 429),
            Map.entry("insufficient_quota", 429),
            Map.entry("resource_exhausted", 429),
            Map.entry("overloaded", 503),
            Map.entry("overloaded_error", 503),
            Map.entry("unavailable_error", 503));

    /** The error of a body or an event; empty when it reports none. */
    static Optional<ChatFailure> of(JsonNode said) {
        JsonNode error = said.path("error");
        if (error.isObject() || (error.isTextual() && !error.textValue().isEmpty())) {
            return Optional.of(read(error, said));
        }
        boolean bare = "error".equals(said.path("object").asText())
                || "error".equals(said.path("type").asText());
        return bare ? Optional.of(read(said, said)) : Optional.empty();
    }

    /**
     * The error of a body or an event that is known to be one, and need not be JSON.
     *
     * @param status of the HTTP response; 0 when the body has to name it
     */
    static ChatFailure of(int status, @Nullable JsonNode said) {
        if (said == null) {
            return new ChatFailure(status, "");
        }
        // Gemini puts the object into an array.
        JsonNode one = said.isArray() ? said.path(0) : said;
        ChatFailure read = of(one).orElseGet(() -> read(one, one));
        return status == 0 ? read : new ChatFailure(status, read.reason());
    }

    private static ChatFailure read(JsonNode error, JsonNode around) {
        int status = 0;
        for (JsonNode node : new JsonNode[] {error, around}) {
            for (String member : new String[] {"code", "status", "status_code", "statusCode", "type", "error_type"}) {
                status = status == 0 ? status(node.path(member)) : status;
            }
        }
        String text =
                error.isTextual() ? error.textValue() : error.path("message").asText("");
        if (text.isEmpty()) {
            JsonNode detail = around.path("detail");
            text = detail.isArray() ? detail.path(0).path("msg").asText("") : detail.asText("");
        }
        return new ChatFailure(
                status, Texts.truncate(text.replaceAll("\\p{Cntrl}+", " ").strip(), MAX_REASON));
    }

    private static int status(JsonNode said) {
        if (said.isIntegralNumber() || said.asText().matches("[45]\\d\\d")) {
            int number = said.asInt();
            return number >= 400 && number <= 599 ? number : 0;
        }
        return STATUSES.getOrDefault(said.asText().toLowerCase(Locale.ROOT), 0);
    }

    /**
     * Returns the rejection for the caller. The server's message is included only where the caller can act on it. Its
     * reason is told only where the caller can do something about it.
     */
    Rejection refusal(String model, Duration retryAfter) {
        return switch (status) {
            case 400, 413, 422 ->
                new Rejection(
                        GatewayError.MODEL_REFUSED,
                        "The server of the model %s refuses this request%s"
                                .formatted(model, reason.isEmpty() ? "." : ": " + reason));
            case 401, 403, 404 ->
                Rejection.later(
                        GatewayError.PROVIDER_UNAVAILABLE,
                        "The server of the model %s responds with %d: an administrator has to check its URL, upstream model and API key."
                                .formatted(model, status),
                        Duration.ofSeconds(30));
            default ->
                Rejection.later(
                        GatewayError.PROVIDER_UNAVAILABLE,
                        "The server of the model %s is unavailable%s. Try again later, or contact an administrator."
                                .formatted(model, status == 0 ? "" : " and responds with " + status),
                        retryAfter);
        };
    }

    /** The retry delay that a server requests; some seconds by default. */
    static Duration retryAfter(List<Map.Entry<String, String>> headers) {
        String later = header(headers, "retry-after");
        return Duration.ofSeconds(later.matches("\\d{1,4}") ? Math.max(1, Long.parseLong(later)) : 5);
    }

    /** The first value of a header; empty when it is missing. */
    static String header(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
