package io.thespace.sdk;

import java.util.Map;
import java.util.UUID;

/**
 * A session is to begin.
 *
 * @param agentId with which agent
 * @param subject whom it is about, as the organization calls them: an email address, a customer's number; null for nobody but
 *     the user who opens it
 * @param idleTimeoutSeconds how long it may be silent; null for as long as is usual on the platform
 * @param metadata any JSON object of up to 8,000 characters; null for an empty one
 */
public record SessionOrder(UUID agentId, String subject, Integer idleTimeoutSeconds, Map<String, Object> metadata) {

    public SessionOrder(UUID agentId) {
        this(agentId, null, null, null);
    }
}
