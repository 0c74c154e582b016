package io.thespace.mcp;

import java.util.List;

/**
 * A prompt.
 *
 * @param name unique among all prompts: a plugin's id, a hyphen and the action; or {@code directive-} and the directive's id
 * @param title what it is about, in a few words
 * @param description in sentences
 */
public record McpPrompt(String name, String title, String description, List<Argument> arguments) {

    /** What a prompt takes; a text. */
    public record Argument(String name, String description, boolean required) {}
}
