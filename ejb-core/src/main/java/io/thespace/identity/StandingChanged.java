package io.thespace.identity;

import java.util.UUID;

/**
 * Fired by a use case after which somebody in an organization may do less than before, so that no node goes on with what it
 * remembers.
 */
public record StandingChanged(UUID orgId) {}
