package io.thespace.identity;

import java.util.UUID;

/**
 * Whom a verified token stands for.
 *
 * @param signInId null when an external issuer signed the user in
 */
record Bearer(UUID orgId, UUID userId, UUID signInId) {}
