package io.thespace.mcp.federation.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.gateway.generation.EventStreamParser;
import io.thespace.gateway.outbound.OutboundReader;
import io.thespace.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the response to one JSON-RPC request: a JSON body, or the first response with the request's id among server-sent events. Other
 * messages on the stream are dropped.
 */
final class RpcReader implements OutboundReader {

    private final String id;
    private final int maxBytes;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private EventStreamParser events; // null for a body that is not a stream
    private List<Map.Entry<String, String>> headers = List.of();
    private int status;
    private int bytes;
    private JsonNode response;
    private boolean tooLarge;

    /** @param maxBytes of the whole answer; what is larger is not read to its end */
    RpcReader(String id, int maxBytes) {
        this.id = id;
        this.maxBytes = maxBytes;
    }

    @Override
    public synchronized void begin(int code, List<Map.Entry<String, String>> came) {
        status = code;
        headers = came;
        if (header("Content-Type").orElse("").startsWith("text/event-stream")) {
            events = new EventStreamParser(maxBytes, (type, data) -> message(data));
        }
    }

    @Override
    public synchronized Reading take(ByteBuffer part) {
        byte[] read = new byte[part.remaining()];
        part.get(read);
        bytes += read.length;
        if (bytes > maxBytes) {
            tooLarge = true;
            return Reading.REFUSED;
        }
        if (events == null) {
            body.writeBytes(read);
            return Reading.MORE;
        }
        events.feed(read);
        return response == null ? Reading.MORE : Reading.ENOUGH;
    }

    private void message(String text) {
        JsonNode message = parsed(text);
        if (response == null
                && message != null
                && message.isObject()
                && message.path("id").asText().equals(id)
                && (message.has("result") || message.has("error"))) {
            response = message;
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return text.isBlank() ? null : Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** The answer's status. */
    synchronized int status() {
        return status;
    }

    /** Whether the answer is larger than it may be. */
    synchronized boolean tooLarge() {
        return tooLarge;
    }

    /** A header of the answer. */
    synchronized Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns the response; null when there is none. */
    synchronized JsonNode response() {
        if (events == null && response == null) {
            message(body.toString(StandardCharsets.UTF_8));
        }
        return response;
    }

    /** An error without the id of the request, as servers send for what they could not read; null for none. */
    synchronized JsonNode error() {
        if (response() != null) {
            return response.has("error") ? response : null;
        }
        JsonNode message = events == null ? parsed(body.toString(StandardCharsets.UTF_8)) : null;
        return message != null && message.path("error").isObject() ? message : null;
    }
}
