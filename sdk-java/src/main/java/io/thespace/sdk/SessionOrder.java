package io.thespace.sdk;

import java.util.Map;
import java.util.UUID;

/**
 * Request to open a session.
 *
 * @param agentId the agent
 * @param subject the person it is about, by an identifier of the organization, such as an email address or a customer's
 *     number; null for the user who opens it
 * @param idleTimeoutSeconds the idle timeout; null for the platform's default
 * @param metadata any JSON object of up to 8,000 characters; null for an empty one
 */
public record SessionOrder(UUID agentId, String subject, Integer idleTimeoutSeconds, Map<String, Object> metadata) {

    public SessionOrder(UUID agentId) {
        this(agentId, null, null, null);
    }
}
