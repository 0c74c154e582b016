package io.thespace.sdk;

import java.util.UUID;

/**
 * A directive is to be.
 *
 * @param agentId for which agent; null for every agent of the organization
 * @param name what it is about
 * @param content what is to be kept to
 * @param priority what is higher goes first; null for 100
 */
public record DirectiveOrder(UUID agentId, String name, String content, Integer priority) {

    /** For every agent of the organization. */
    public DirectiveOrder(String name, String content) {
        this(null, name, content, null);
    }
}
