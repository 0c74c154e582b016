package io.thespace.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * An organization.
 *
 * @param status {@code active} or {@code suspended}
 */
public record OrganizationView(UUID id, String name, String status, Instant createdAt) {}
