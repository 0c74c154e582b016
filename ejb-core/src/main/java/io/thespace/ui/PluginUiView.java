package io.thespace.ui;

import java.util.List;

/**
 * What one plugin adds to the dashboard.
 *
 * @param plugin its id
 * @param name as people read it
 * @param version of the plugin
 * @param settings pages to set it up with
 * @param widgets parts of the dashboard's first page
 * @param menu pages with an entry in the menu
 */
public record PluginUiView(
        String plugin,
        String name,
        String version,
        List<ModuleView> settings,
        List<ModuleView> widgets,
        List<ModuleView> menu) {

    /**
     * An ES module that exports {@code mount(element, context)}.
     *
     * @param title as people read it
     * @param module the path to import it from
     */
    public record ModuleView(String title, String module) {}
}
