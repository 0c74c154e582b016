package io.thespace.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import java.io.IOException;

/** Content of the protocol in an endpoint's answer. */
public final class McpBlocks {

    private static final int MAX_BLOCKS = 1_000;

    private McpBlocks() {}

    /**
     * A JSON array of objects.
     *
     * @throws Rejection {@code ANSWER_INVALID}
     */
    static ArrayNode read(byte[] body) {
        try {
            JsonNode blocks = Json.MAPPER.readTree(body);
            if (blocks instanceof ArrayNode array && array.size() <= MAX_BLOCKS) {
                for (JsonNode block : array) {
                    if (!block.isObject()) {
                        throw invalid();
                    }
                }
                return array;
            }
            throw invalid();
        } catch (IOException e) {
            throw invalid();
        }
    }

    /** The rejection of a result that violates the protocol's schema. */
    public static Rejection invalid() {
        return new Rejection(
                McpError.ANSWER_INVALID,
                "The plugin's result is not valid MCP content. Report this to the plugin's author.");
    }
}
