package io.thespace.ui;

import java.util.List;

/**
 * The dashboard modules of one plugin.
 *
 * @param plugin its id
 * @param name the displayed name
 * @param version of the plugin
 * @param settings settings pages
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

    /** For the documentation. */
    public static final PluginUiView EXAMPLE = new PluginUiView(
            "financial_business",
            "Financial Business",
            "1.0.0",
            List.of(new ModuleView("Accounts", "/api/plugins/financial_business/ui/settings.js")),
            List.of(new ModuleView("Balance", "/api/plugins/financial_business/ui/balance.js")),
            List.of(new ModuleView("Transactions", "/api/plugins/financial_business/ui/transactions.js")));

    /**
     * An ES module that exports {@code mount(element, context)}.
     *
     * @param title as people read it
     * @param module the path to import it from
     */
    public record ModuleView(String title, String module) {}
}
