package io.thespace.mirrorcore;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * The organization's settings.
 *
 * @param retentionDays how long a session is kept after it was last active
 * @param changedAt null while nobody changed them
 */
public record SettingsView(int retentionDays, @Nullable Instant changedAt) {}
