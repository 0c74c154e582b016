package io.thespace.mirrorcore;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * Request to change the organization's settings.
 *
 * @param retentionDays the retention of a session after its last activity
 */
public record SettingsOrder(@NotNull @Min(1) @Max(3650) Integer retentionDays) {}
