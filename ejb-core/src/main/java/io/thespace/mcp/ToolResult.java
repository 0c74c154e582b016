package io.thespace.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.thespace.plugin.api.Rejection;

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

    /** Whether there is no answer. */
    public boolean error() {
        return refusal != null;
    }
}
