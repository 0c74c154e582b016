package io.thespace.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Bounded JSON objects. */
final class Metadata {

    static final int MAX_BYTES = 8192;
    static final int DEEPEST = 8;

    private static final int MAX_DIGITS = 100;
    private static final int LARGEST_EXPONENT = 300;

    private Metadata() {}

    /**
     * As text, for the database.
     *
     * @throws Rejection {@code INVALID_METADATA}
     */
    static String text(ObjectNode metadata) {
        if (metadata == null) {
            return "{}";
        }
        check(metadata, 1);
        String text;
        try {
            text = Json.MAPPER.writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can be written", e);
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw invalid("metadata must not be longer than %d bytes.".formatted(MAX_BYTES));
        }
        return text;
    }

    static ObjectNode read(String text) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The database holds JSON", e);
        }
    }

    /** The target after a merge patch (RFC 7396, section 2). */
    static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        ObjectNode merged = target.deepCopy();
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            JsonNode value = member.getValue();
            if (value.isNull()) {
                merged.remove(member.getKey());
            } else if (value instanceof ObjectNode object) {
                JsonNode before = merged.get(member.getKey());
                merged.set(
                        member.getKey(),
                        merge(before instanceof ObjectNode known ? known : Json.MAPPER.createObjectNode(), object));
            } else {
                merged.set(member.getKey(), value);
            }
        }
        return merged;
    }

    private static void check(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw invalid("metadata must not be nested deeper than %d levels.".formatted(DEEPEST));
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
                throw invalid("metadata must not hold numbers with so many digits.");
            }
        }
        for (JsonNode child : node) {
            check(child, depth + 1);
        }
    }

    private static Rejection invalid(String message) {
        return Rejection.of(MemoryError.INVALID_METADATA, "metadata", message);
    }
}
