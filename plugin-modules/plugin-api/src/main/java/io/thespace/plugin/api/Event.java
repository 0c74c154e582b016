package io.thespace.plugin.api;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as it is delivered to a {@link Subscription}.
 *
 * @param id the same at each attempt
 * @param source who published it: {@code /plugins/{id}}, or a path of the platform
 * @param subject what it is about; the events of one source and subject are delivered in their order
 * @param time when it was recorded
 * @param actorId the user whose call caused it; null when the platform itself did, or when the user was erased
 * @param requestId the request that caused it
 * @param synthetic whether a simulated user caused it
 * @param data what its type declares; null when it spoke of a person who was erased
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
