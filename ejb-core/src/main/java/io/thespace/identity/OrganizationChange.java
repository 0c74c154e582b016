package io.thespace.identity;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What is to change about an organization. */
public record OrganizationChange(@NotBlank @Size(max = 200) String name) {}
