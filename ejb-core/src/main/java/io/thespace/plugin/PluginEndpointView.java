package io.thespace.plugin;

import java.util.List;

/**
 * One endpoint of a plugin.
 *
 * @param path the whole path
 * @param status as declared: {@code implemented}, {@code mocked} or {@code pending}
 * @param roles the roles that may call it
 */
public record PluginEndpointView(
        String method, String path, String summary, String status, List<String> roles, boolean deprecated) {

    /** For the documentation. */
    public static final PluginEndpointView EXAMPLE = new PluginEndpointView(
            "POST",
            "/api/plugins/financial_business/transfer",
            "Transfer funds",
            "implemented",
            List.of("user", "admin"),
            false);
}
