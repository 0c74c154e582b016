package io.thespace.identity.access;

import io.thespace.plugin.api.Role;
import java.util.UUID;

/**
 * The content of an access token: user, organization, role and sign-in.
 *
 * @param email null for a user without one
 */
public record Grant(UUID orgId, UUID userId, String email, Role role, UUID signInId) {}
