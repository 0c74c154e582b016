package io.thespace.identity.access;

import java.util.UUID;

/** Fired on each node when what it remembers about the people, agents and tokens of an organization holds no longer. */
public record AccessStatusInvalidated(UUID orgId) {}
