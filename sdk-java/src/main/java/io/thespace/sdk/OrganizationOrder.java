package io.thespace.sdk;

/**
 * An organization to create.
 *
 * @param ownerEmail who is invited as its first owner
 * @param validHours how long the invitation holds; null for a week
 */
public record OrganizationOrder(String name, String ownerEmail, Integer validHours) {}
