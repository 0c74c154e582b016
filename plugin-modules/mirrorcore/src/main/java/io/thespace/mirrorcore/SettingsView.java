package io.thespace.mirrorcore;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * The organization's settings.
 *
 * @param retentionDays the retention of a session after its last activity
 * @param changedAt null for the defaults
 */
public record SettingsView(int retentionDays, @Nullable Instant changedAt) {}
