package io.thespace.session;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * Request to record a message.
 *
 * @param content may be empty, for example when a tool was called
 * @param metadata any JSON object of up to 8,000 characters; null for an empty one
 * @param usage the usage of the call of a model or a tool that produced it; null without one
 */
public record MessageOrder(
        @NotNull MessageRole role,
        @NotNull @Size(max = 100_000) String content,
        @Size(max = 100) Map<String, Object> metadata,
        @Valid Usage usage) {

    /** For the documentation. */
    public static final MessageOrder EXAMPLE =
            new MessageOrder(MessageRole.ASSISTANT, MessageView.EXAMPLE.content(), Map.of(), Usage.EXAMPLE);
}
