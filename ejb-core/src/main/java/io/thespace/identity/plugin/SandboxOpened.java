package io.thespace.identity.plugin;

import java.util.UUID;

/** Fired on each node before it first gives the sandbox organization away, so that others can furnish it; it may have been furnished before. */
public record SandboxOpened(UUID orgId) {}
