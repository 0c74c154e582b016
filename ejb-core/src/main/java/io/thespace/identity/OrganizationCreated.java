package io.thespace.identity;

import java.util.UUID;

/**
 * Fired in the transaction that creates an organization, whose tenant is bound, so that other capabilities add what every
 * organization has from the start.
 */
public record OrganizationCreated(UUID orgId) {}
