package io.thespace.plugin.api;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as it is delivered to a {@link Subscription}.
 *
 * @param id the same at each attempt
 * @param source the publisher: {@code /plugins/{id}}, or a path of the platform
 * @param subject the subject; the events of one source and subject are delivered in their order
 * @param time when it was recorded
 * @param actorId the user whose call caused it; null when the platform itself did, or when the user was erased
 * @param requestId the request that caused it
 * @param synthetic whether a simulated user caused it
 * @param data conforms to its type; null when it contained data of a person who was erased
 */
public record Event<T>(
        UUID id,
        String source,
        String type,
        String subject,
        Instant time,
        UUID actorId,
        String requestId,
        boolean synthetic,
        T data) {}
