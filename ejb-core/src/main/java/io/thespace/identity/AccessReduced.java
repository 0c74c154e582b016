package io.thespace.identity;

import java.util.UUID;

/**
 * Fired by a use case that reduces access in an organization, so that every node invalidates its caches.
 */
public record AccessReduced(UUID orgId) {}
