package io.thespace.plugin;

import jakarta.annotation.Nullable;

/**
 * What became of a removed plugin.
 *
 * @param data {@code keep}, {@code export} or {@code purge}
 * @param export where its data can be downloaded
 */
public record RemovalView(String pluginId, String version, String data, @Nullable String export) {

    /** For the documentation. */
    public static final RemovalView EXAMPLE = new RemovalView("notes", "1.0.0", "keep", null);
}
