package io.thespace.plugin;

import jakarta.annotation.Nullable;

/**
 * The result of removing a plugin.
 *
 * @param data {@code keep}, {@code export} or {@code purge}
 * @param export the path of the download of its data
 */
public record RemovalView(String pluginId, String version, String data, @Nullable String export) {

    /** For the documentation. */
    public static final RemovalView EXAMPLE = new RemovalView("notes", "1.0.0", "keep", null);
}
