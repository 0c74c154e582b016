package io.thespace.workflow.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * The data on which an expression is evaluated.
 *
 * @param data its {@code .}
 * @param variables its variables, by their names without {@code $}
 */
public record Seen(JsonNode data, Map<String, JsonNode> variables) {

    /** Data without variables. */
    public static Seen of(JsonNode data) {
        return new Seen(data, Map.of());
    }

    /** The same variables on other data. */
    public Seen on(JsonNode other) {
        return new Seen(other, variables);
    }

    /** The same data with one more variable. */
    public Seen with(String name, JsonNode value) {
        Map<String, JsonNode> more = new HashMap<>(variables);
        more.put(name, value);
        return new Seen(data, more);
    }
}
