package io.thespace.sdk;

import java.time.Instant;
import java.util.UUID;

/**
 * A user of an organization.
 *
 * @param email null when the external issuer sends none
 * @param role {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
 * @param status {@code active} or {@code suspended}, in this organization
 * @param createdAt when the user joined the organization
 */
public record User(UUID id, String email, String name, String role, String status, Instant createdAt) {}
