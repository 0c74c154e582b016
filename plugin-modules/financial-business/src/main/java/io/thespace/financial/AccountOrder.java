package io.thespace.financial;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;

/**
 * Opens an account.
 *
 * @param ownerUserId a member of the organization
 * @param currency an ISO 4217 code
 */
public record AccountOrder(@NotNull UUID ownerUserId, @NotNull @Pattern(regexp = "[A-Z]{3}") String currency) {}
