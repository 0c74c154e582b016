package io.thespace.plugin;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.Size;

/**
 * Which plugin to remove, when the query does not say it.
 *
 * @param data what becomes of its data
 */
public record RemovalRequest(@Nullable @Size(max = 48) String pluginId, @Nullable DataChoice data) {}
