package io.thespace.gateway.generation;

import io.thespace.gateway.model.ModelUsage;
import jakarta.annotation.Nullable;
import java.util.List;

/**
 * A model's message in a conversation.
 *
 * @param result the text; may be empty when functions are called
 * @param model the model that generated it; a fallback when the named model failed
 * @param finishReason the finish reason; null when the server does not report one
 * @param usage the token usage
 * @param calls the functions that the model calls; empty for none
 */
public record ChatView(
        String result, String model, @Nullable FinishReason finishReason, ModelUsage usage, List<FunctionCall> calls) {

    public ChatView {
        calls = calls == null ? List.of() : List.copyOf(calls);
    }
}
