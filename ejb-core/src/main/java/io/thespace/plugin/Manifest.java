package io.thespace.plugin;

import java.util.List;

/**
 * What a plugin says of itself in its {@code plugin.json}.
 *
 * @param id in {@code snake_case}; also the name of its schema and its place under {@code /api/plugins}
 * @param version as semver 2.0
 * @param requires the range of platform versions that it works with
 * @param dependencies the ids of the plugins that it needs
 * @param permissions what it asks for, for example {@code events:publish}
 */
record Manifest(
        String id,
        String name,
        String version,
        String requires,
        String description,
        String author,
        String license,
        List<String> dependencies,
        List<String> permissions) {

    Manifest {
        if (id == null || !id.matches("[a-z][a-z0-9_]{1,62}")) {
            throw new IllegalArgumentException(
                    "plugin.json needs an id of lower-case letters, digits and _, not " + id);
        }
        if (version == null || !version.matches("\\d+\\.\\d+\\.\\d+([-+].*)?")) {
            throw new IllegalArgumentException(
                    "plugin.json of " + id + " needs a version such as 1.0.0, not " + version);
        }
        dependencies = dependencies == null ? List.of() : List.copyOf(dependencies);
        permissions = permissions == null ? List.of() : List.copyOf(permissions);
    }
}
