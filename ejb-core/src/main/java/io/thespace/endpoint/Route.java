package io.thespace.endpoint;

import io.thespace.plugin.api.Endpoint;

/**
 * An endpoint in its place.
 *
 * @param path the whole path, for example {@code /api/plugins/financial_business/transfer}; parameters in braces
 * @param mount what it shares with the other endpoints of its group
 * @param endpoint what was declared
 */
public record Route(String path, Mount mount, Endpoint<?> endpoint) {

    /** The heading it stands under in the documentation: that of a group of the platform's endpoints, or a plugin's id. */
    public String group() {
        return mount.group();
    }

    /** Which API it belongs to. */
    public Family family() {
        return Family.of(path);
    }

    /** Whether a plugin declared it, whose id is then the group. */
    public boolean ofPlugin() {
        return path.startsWith("/api/plugins/" + group() + "/");
    }
}
