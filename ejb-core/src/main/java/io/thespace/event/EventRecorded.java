package io.thespace.event;

import java.util.UUID;

/**
 * Fired for each event that the outbox took, after its transaction has committed.
 *
 * @param orgId whose event it is; null for one of the platform itself
 */
public record EventRecorded(UUID orgId, EventView event) {}
