package io.thespace.mcp.servlet.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.thespace.json.UnstorableValueException;
import io.thespace.mcp.McpError;
import io.thespace.plugin.api.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A message of JSON-RPC 2.0 with the restrictions of MCP: an object, whose id is a text or a whole number and whose
 * params are an object.
 *
 * @param id a {@code String} or a {@code Long}; null for a notification
 * @param method null for a response
 * @param params an object; empty when missing
 * @param answer the object with {@code result} or {@code error} of a response; null otherwise
 */
public record JsonRpcMessage(Object id, String method, JsonNode params, JsonNode answer) {

    private static final int MAX_NAME = 255;

    /**
     * The result of reading a body.
     *
     * @param message null for an invalid message
     * @param id of the request; null without a readable one
     * @param refusal why the message is invalid; null for a valid one
     */
    public record Reading(JsonRpcMessage message, Object id, Rejection refusal) {}

    /** Reads a body. */
    public static Reading read(byte[] body) {
        Object id = null;
        try {
            JsonNode message = parse(body);
            if (message.isArray()) {
                throw refusal(McpError.MESSAGE_INVALID, "Batches are not supported: send one message.");
            }
            if (!message.isObject()) {
                throw refusal(McpError.MESSAGE_INVALID, "A message is a JSON object.");
            }
            id = id(message);
            return new Reading(read(message, id), id, null);
        } catch (Rejection refusal) {
            return new Reading(null, id, refusal);
        }
    }

    private static JsonRpcMessage read(JsonNode message, Object id) {
        if (!message.path("jsonrpc").isTextual()
                || !message.path("jsonrpc").asText().equals("2.0")) {
            throw refusal(McpError.MESSAGE_INVALID, "jsonrpc must be \"2.0\".");
        }
        if (!message.has("method")) {
            if (id != null && message.has("result") != message.has("error")) {
                return new JsonRpcMessage(id, null, JsonNodeFactory.instance.objectNode(), answer(message));
            }
            throw refusal(McpError.MESSAGE_INVALID, "A message has a method, or an id and a result.");
        }
        JsonNode method = message.get("method");
        if (!method.isTextual() || method.asText().isEmpty() || method.asText().length() > MAX_NAME) {
            throw refusal(McpError.MESSAGE_INVALID, "method must be a text of 1 to 255 characters.");
        }
        JsonNode params = message.path("params");
        if (!params.isMissingNode() && !params.isObject()) {
            throw refusal(McpError.PARAMS_INVALID, "params must be an object.");
        }
        return new JsonRpcMessage(
                id, method.asText(), params.isObject() ? params : JsonNodeFactory.instance.objectNode(), null);
    }

    private static JsonNode answer(JsonNode message) {
        String member = message.has("result") ? "result" : "error";
        return JsonNodeFactory.instance.objectNode().set(member, message.get(member));
    }

    private static Rejection refusal(McpError code, String message) {
        return new Rejection(code, message);
    }

    private static JsonNode parse(byte[] body) {
        try {
            // As a text: from bytes Jackson would also take UTF-16 and UTF-32.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonNode message = Mapping.MAPPER.readTree(text);
            if (message == null || message.isMissingNode()) {
                throw refusal(McpError.MESSAGE_UNREADABLE, "The body is empty.");
            }
            return message;
        } catch (CharacterCodingException e) {
            throw refusal(McpError.MESSAGE_UNREADABLE, "The body is not UTF-8.");
        } catch (UnstorableValueException e) {
            throw refusal(McpError.MESSAGE_UNREADABLE, (e.field() + " ").stripLeading() + e.getOriginalMessage() + ".");
        } catch (JsonProcessingException e) {
            throw refusal(McpError.MESSAGE_UNREADABLE, "The body is not well-formed JSON, or is nested too deep.");
        }
    }

    private static Object id(JsonNode message) {
        JsonNode id = message.path("id");
        if (id.isMissingNode()) {
            return null;
        }
        if (id.isTextual() && id.asText().length() <= MAX_NAME) {
            return id.asText();
        }
        if (id.isIntegralNumber() && id.canConvertToLong()) {
            return id.asLong();
        }
        throw refusal(McpError.MESSAGE_INVALID, "id must be a text of up to 255 characters, or a whole number.");
    }

    /** Whether it is to be answered. */
    public boolean isRequest() {
        return method != null && id != null;
    }

    /** Whether it is not to be answered. */
    public boolean isNotification() {
        return method != null && id == null;
    }
}
