package io.thespace.identity.access;

import io.thespace.plugin.api.Role;
import java.util.UUID;

/**
 * What an access token says: who, where, as what, by which sign-in.
 *
 * @param email null for a user without one
 */
public record Grant(UUID orgId, UUID userId, String email, Role role, UUID signInId) {}
