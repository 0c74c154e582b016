package io.thespace.identity;

import java.time.Instant;
import java.util.UUID;

/**
 * An organization.
 *
 * @param status {@code active}, {@code suspended} or {@code deleted}
 */
public record OrganizationView(UUID id, String name, String status, Instant createdAt) {

    /** For the documentation. */
    public static final OrganizationView EXAMPLE = new OrganizationView(
            UUID.fromString("0192bda5-0000-7000-8000-000000000001"),
            "Acme",
            "active",
            Instant.parse("2026-01-31T12:00:00Z"));
}
