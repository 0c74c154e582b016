package io.thespace.identity.access;

import java.util.UUID;

/**
 * The principal of a verified token.
 *
 * @param signInId null when an external issuer signed the user in
 */
public record Bearer(UUID orgId, UUID userId, UUID signInId) {}
