package io.thespace.identity;

import io.thespace.plugin.api.Role;
import java.util.UUID;

/**
 * A user as an external issuer's verified token describes them.
 *
 * @param email in lower case; null when the token has none
 */
public record ExternalUser(String issuer, String subject, UUID orgId, Role role, String email, String name) {}
