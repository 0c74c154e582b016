package io.thespace.plugin;

import java.util.List;

/**
 * A plugin in the users' view.
 *
 * @param state {@code installed}, {@code enabled}, {@code disabled} or {@code failed}
 * @param endpointCount the number of its endpoints
 * @param events the names of the events that it publishes
 * @param ui the places of its dashboard modules
 * @param permissions the permissions that it requests
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
        List<String> permissions) {

    /** For the documentation. */
    public static final PluginView EXAMPLE = new PluginView(
            "financial_business",
            "Financial business",
            "1.0.0",
            "enabled",
            "Accounts and transfers on a double-entry ledger.",
            "The Space",
            10,
            List.of("funds_transferred"),
            List.of("settings", "widget", "menu"),
            List.of("events:publish"));
}
