package io.thespace.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.thespace.plugin.api.Rejection;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The result of calling a tool.
 *
 * @param text the result, or the message of a rejection
 * @param structured the result as a JSON object; null for none
 * @param blocks the result as content blocks of the protocol; null for the text alone
 * @param replayed whether this is the stored result of an earlier call with the same idempotency key
 * @param refusal the rejection; null for a success
 */
public record ToolResult(String text, JsonNode structured, ArrayNode blocks, boolean replayed, Rejection refusal) {

    /** A call that did not succeed. */
    public static ToolResult refused(Rejection refusal) {
        return new ToolResult(refusal.getMessage(), null, null, false, refusal);
    }

    /** A call that was not made yet, since it waits for an approval. */
    static ToolResult waiting(String answer, boolean replayed) {
        String sentence = "Not done yet: the call waits for an approval. " + answer;
        return new ToolResult(sentence, null, null, replayed, new Rejection(McpError.APPROVAL_AWAITED, sentence));
    }

    /** The result of a remote tool: an object of the protocol with {@code content} and optional structured content. */
    static ToolResult foreign(JsonNode answer, boolean replayed) {
        String text = StreamSupport.stream(answer.path("content").spliterator(), false)
                .filter(block -> block.path("type").asText().equals("text"))
                .map(block -> block.path("text").asText())
                .collect(Collectors.joining("\n"));
        return new ToolResult(text, answer.get("structuredContent"), (ArrayNode) answer.get("content"), replayed, null);
    }

    /** Whether the call was rejected. */
    public boolean error() {
        return refusal != null;
    }
}
