package io.thespace.plugin;

import io.thespace.configuration.Version;
import io.thespace.plugin.api.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultVersionManager;
import org.pf4j.DependencyResolver;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

/** Checks what a plugin requires before it is installed, enabled, disabled or removed: versions, dependencies, permissions. */
final class PluginRequirements {

    private final Plugins plugins;

    PluginRequirements(Plugins plugins) {
        this.plugins = plugins;
    }

    /** Checks that an archive may replace a plugin: a later version, or the same archive again. */
    static void checkVersion(DesiredPlugin before, Archive archive) {
        Manifest manifest = archive.manifest();
        if (before.sha256() == null) {
            throw new Rejection(
                    PluginError.BUNDLED,
                    "%s is part of the platform; it can be disabled, but not replaced.".formatted(manifest.id()));
        }
        int order = new DefaultVersionManager().compareVersions(manifest.version(), before.version());
        if (order < 0) {
            throw new Rejection(
                    PluginError.VERSION_CONFLICT,
                    "Version %s of %s is installed, which is later than %s. To downgrade, uninstall it first."
                            .formatted(before.version(), manifest.id(), manifest.version()));
        }
        if (order == 0 && !archive.sha256().equals(before.sha256())) {
            throw new Rejection(
                    PluginError.VERSION_CONFLICT,
                    "Version %s of %s is installed with another content. Give the changed plugin a higher version."
                            .formatted(before.version(), manifest.id()));
        }
    }

    /** Checks the platform's version and the dependencies that a manifest requires, against all installed plugins. */
    void checkRequirements(Manifest manifest, List<DesiredPlugin> installed) {
        DefaultVersionManager versions = new DefaultVersionManager();
        if (manifest.requires() != null) {
            boolean met;
            try {
                met = versions.checkVersionConstraint(release(Version.TEXT), manifest.requires());
            } catch (RuntimeException e) {
                throw Archive.invalid(
                        "plugin.json has requires \"%s\", which is not a range of versions such as >=1.0.0."
                                .formatted(manifest.requires()));
            }
            if (!met) {
                throw new Rejection(
                        PluginError.REQUIREMENT_UNMET,
                        "%s needs a platform %s; this is %s."
                                .formatted(manifest.id(), manifest.requires(), Version.TEXT));
            }
        }
        List<PluginDescriptor> all = new ArrayList<>();
        all.add(descriptor(manifest));
        for (DesiredPlugin desired : installed) {
            if (!desired.id().equals(manifest.id())) {
                plugins.manifest(desired).ifPresent(other -> all.add(descriptor(other)));
            }
        }
        DependencyResolver.Result result;
        try {
            result = new DependencyResolver(versions).resolve(all);
        } catch (RuntimeException e) {
            throw Archive.invalid("plugin.json has dependencies that cannot be read; write them as id or id@>=1.0.0.");
        }
        if (result.hasCyclicDependency()) {
            throw new Rejection(
                    PluginError.REQUIREMENT_UNMET,
                    "%s would depend on itself through %s.".formatted(manifest.id(), manifest.dependencies()));
        }
        if (!result.getNotFoundDependencies().isEmpty()) {
            throw new Rejection(
                    PluginError.REQUIREMENT_UNMET,
                    "%s depends on %s, which is not installed. Install that first."
                            .formatted(manifest.id(), String.join(", ", result.getNotFoundDependencies())));
        }
        result.getWrongVersionDependencies().stream().findFirst().ifPresent(wrong -> {
            throw new Rejection(
                    PluginError.REQUIREMENT_UNMET,
                    "%s needs %s in version %s; installed is %s."
                            .formatted(
                                    wrong.getDependentId(),
                                    wrong.getDependencyId(),
                                    wrong.getRequiredVersion(),
                                    wrong.getExistingVersion()));
        });
    }

    /** The version without its snapshot suffix: a snapshot meets the requirements that its release meets. */
    private static String release(String version) {
        return version.replace("-SNAPSHOT", "");
    }

    /** A manifest as a descriptor of PF4J. */
    private static PluginDescriptor descriptor(Manifest manifest) {
        return new DefaultPluginDescriptor(
                manifest.id(),
                manifest.description(),
                manifest.mainClass(),
                release(manifest.version()),
                "*",
                manifest.author(),
                manifest.license()) {
            @Override
            public List<PluginDependency> getDependencies() {
                return manifest.dependencies().stream()
                        .map(PluginDependency::new)
                        .toList();
            }
        };
    }

    /** Checks that each permission of a manifest is granted. */
    static void checkGranted(Manifest manifest, Set<String> granted) {
        List<String> missing = manifest.permissions().stream()
                .filter(permission -> !granted.contains(permission))
                .toList();
        if (!missing.isEmpty()) {
            throw new Rejection(
                    PluginError.PERMISSION_NEEDED,
                    "%s %s requests the permissions %s. Grant them with \"grant\"."
                            .formatted(manifest.id(), manifest.version(), String.join(", ", missing)));
        }
    }

    /** Checks that the plugins are enabled that a plugin cannot do without. */
    void checkDependenciesEnabled(Manifest manifest) {
        Set<String> enabled = plugins.enabled().stream().map(Manifest::id).collect(Collectors.toSet());
        for (String text : manifest.dependencies()) {
            PluginDependency dependency = new PluginDependency(text);
            if (!dependency.isOptional() && !enabled.contains(dependency.getPluginId())) {
                throw new Rejection(
                        PluginError.TRANSITION_REFUSED,
                        "%s depends on %s, which is not enabled. Enable that first."
                                .formatted(manifest.id(), dependency.getPluginId()));
            }
        }
    }

    /** Checks that no enabled plugin depends on one that is to be disabled or removed. */
    void checkNoDependents(String id) {
        String dependents = plugins.enabled().stream()
                .filter(manifest -> manifest.dependencies().stream()
                        .map(PluginDependency::new)
                        .anyMatch(d -> !d.isOptional() && d.getPluginId().equals(id)))
                .map(Manifest::id)
                .collect(Collectors.joining(", "));
        if (!dependents.isEmpty()) {
            throw new Rejection(
                    PluginError.DEPENDED_ON, "%s depends on %s. Disable that first.".formatted(dependents, id));
        }
    }
}
