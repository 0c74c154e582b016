package io.thespace.sdk;

import java.util.Map;

/**
 * Request to record a message.
 *
 * @param role {@code user}, {@code assistant}, {@code system} or {@code tool}
 * @param content may be empty, for example when a tool was called
 * @param metadata any JSON object of up to 8,000 characters; null for an empty one
 * @param usage the usage of the call of a model or a tool that produced it; null without one
 */
public record MessageOrder(String role, String content, Map<String, Object> metadata, CallUsage usage) {

    public MessageOrder(String role, String content) {
        this(role, content, null, null);
    }
}
