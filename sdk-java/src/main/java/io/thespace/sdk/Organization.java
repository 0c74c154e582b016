package io.thespace.sdk;

import java.time.Instant;
import java.util.UUID;

/**
 * An organization.
 *
 * @param status {@code active} or {@code suspended}
 */
public record Organization(UUID id, String name, String status, Instant createdAt) {}
