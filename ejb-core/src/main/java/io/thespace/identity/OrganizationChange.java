package io.thespace.identity;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/**
 * A change of an organization, as a {@link io.thespace.json.MergePatch}.
 *
 * @param name cannot be cleared
 */
public record OrganizationChange(Optional<@NotBlank @Size(max = 200) String> name) {

    /** For the documentation. */
    public static final OrganizationChange EXAMPLE = new OrganizationChange(Optional.of("Acme Corporation"));
}
