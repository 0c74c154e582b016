package io.thespace.sdk;

import java.util.UUID;

/**
 * Request to create a directive.
 *
 * @param agentId the agent; null for every agent of the organization
 * @param name its title
 * @param content the text that agents have to follow
 * @param priority higher values come first; null for 100
 */
public record DirectiveOrder(UUID agentId, String name, String content, Integer priority) {

    /** For every agent of the organization. */
    public DirectiveOrder(String name, String content) {
        this(null, name, content, null);
    }
}
