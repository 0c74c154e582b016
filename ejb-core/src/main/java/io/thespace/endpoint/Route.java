package io.thespace.endpoint;

import io.thespace.plugin.api.Endpoint;

/**
 * An endpoint in its place.
 *
 * @param path the whole path, for example {@code /api/plugins/financial_business/transfer}; parameters in braces
 * @param group the heading it stands under in the documentation: a {@link Resource#group} or a plugin's id
 * @param endpoint what was declared
 */
public record Route(String path, String group, Endpoint<?> endpoint) {

    /** Whether a plugin declared it, whose id is then the group. */
    public boolean ofPlugin() {
        return path.startsWith("/api/plugins/" + group + "/");
    }
}
