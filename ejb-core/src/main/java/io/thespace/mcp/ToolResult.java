package io.thespace.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.thespace.plugin.api.Rejection;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a call of a tool came to.
 *
 * @param text the answer, or the sentence of a refusal
 * @param structured the answer as JSON, an object; null for none
 * @param blocks the answer as content blocks of the protocol; null for the text alone
 * @param replayed whether this is the stored answer to an earlier call with the same idempotency key
 * @param refusal why there is no answer; null for a success
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

    /** What a remote tool answered: an object of the protocol with {@code content} and, if it has some, structured content. */
    static ToolResult foreign(JsonNode answer, boolean replayed) {
        String text = StreamSupport.stream(answer.path("content").spliterator(), false)
                .filter(block -> block.path("type").asText().equals("text"))
                .map(block -> block.path("text").asText())
                .collect(Collectors.joining("\n"));
        return new ToolResult(text, answer.get("structuredContent"), (ArrayNode) answer.get("content"), replayed, null);
    }

    /** Whether there is no answer. */
    public boolean error() {
        return refusal != null;
    }
}
