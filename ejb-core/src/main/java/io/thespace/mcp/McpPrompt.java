package io.thespace.mcp;

import java.util.List;

/**
 * A prompt.
 *
 * @param name unique among all prompts: a plugin's id, a hyphen and the action; or {@code directive-} and the directive's id
 * @param title a short title
 * @param description a description in sentences
 */
public record McpPrompt(String name, String title, String description, List<Argument> arguments) {

    /** An argument of a prompt; a text. */
    public record Argument(String name, String description, boolean required) {}
}
