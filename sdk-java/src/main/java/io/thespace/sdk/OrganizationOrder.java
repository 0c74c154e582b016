package io.thespace.sdk;

/**
 * An organization to create.
 *
 * @param ownerEmail the address invited as its first owner
 * @param validHours the validity of the invitation; null for a week
 */
public record OrganizationOrder(String name, String ownerEmail, Integer validHours) {}
