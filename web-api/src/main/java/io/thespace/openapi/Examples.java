package io.thespace.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Writes examples. */
final class Examples {

    private Examples() {}

    /** Returns an example in wire format, including trailing zeros of amounts. */
    static JsonNode json(ObjectMapper mapper, Object example) {
        try {
            return mapper.reader()
                    .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .readTree(mapper.writeValueAsBytes(example));
        } catch (IOException e) {
            throw new IllegalArgumentException("An example cannot be written as JSON: " + example, e);
        }
    }

    /** A request leaves out what it has no value for. */
    static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(member -> member.getValue().isNull());
        }
        node.forEach(Examples::withoutNulls);
        return node;
    }
}
