package io.thespace.invitation;

import io.thespace.plugin.api.EmailAddress;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * An organization to create.
 *
 * @param ownerEmail the address invited as its first owner
 * @param validHours the validity of the invitation, up to a year; null for a week
 */
public record OrganizationOrder(
        @NotBlank @Size(max = 200) String name,
        @NotBlank @EmailAddress String ownerEmail,
        @Min(1) @Max(8_784) Integer validHours) {

    /** For the documentation. */
    public static final OrganizationOrder EXAMPLE = new OrganizationOrder("Acme", "ada@example.org", 168);
}
