package io.thespace.plugin;

import java.util.List;

/**
 * A plugin as its users see it.
 *
 * @param state {@code enabled} or {@code failed}
 * @param endpointCount how many endpoints it declares
 * @param events the names of the events that it publishes
 * @param ui the places in the dashboard that it fills
 * @param permissions what it asks for
 */
public record PluginView(
        String id,
        String name,
        String version,
        String state,
        String description,
        String author,
        int endpointCount,
        List<String> events,
        List<String> ui,
        List<String> permissions) {}
