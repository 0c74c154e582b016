package io.thespace.identity.access;

import java.util.UUID;

/**
 * Whom a verified token stands for.
 *
 * @param signInId null when an external issuer signed the user in
 */
public record Bearer(UUID orgId, UUID userId, UUID signInId) {}
