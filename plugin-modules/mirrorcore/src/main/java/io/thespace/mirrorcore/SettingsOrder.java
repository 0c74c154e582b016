package io.thespace.mirrorcore;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * Changes the organization's settings.
 *
 * @param retentionDays how long a session is kept after it was last active
 */
public record SettingsOrder(@NotNull @Min(1) @Max(3650) Integer retentionDays) {}
