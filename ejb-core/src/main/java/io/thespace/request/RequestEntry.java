package io.thespace.request;

import java.util.UUID;

/**
 * An explanation that waits to be written.
 *
 * @param id a UUIDv7 of the time at which the call was over
 */
public record RequestEntry(UUID id, UUID orgId, String requestId, UUID userId, CallView call) {}
