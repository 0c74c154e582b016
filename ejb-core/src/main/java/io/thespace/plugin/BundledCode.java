package io.thespace.plugin;

import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A plugin that is a bean of the platform. */
final class BundledCode implements Code {

    private final Plugin plugin;
    private final Manifest manifest;

    /** @throws IllegalArgumentException when the manifest beside the plugin's class is missing or wrong */
    BundledCode(Plugin plugin) {
        this.plugin = plugin;
        try {
            this.manifest = Manifest.read(file("plugin.json")
                    .orElseThrow(() -> new IllegalArgumentException(
                            plugin.getClass().getName() + " has no plugin.json beside it")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public String sha256() {
        return null;
    }

    @Override
    public Plugin make() {
        return plugin;
    }

    @Override
    public Optional<byte[]> file(String path) throws IOException {
        try (InputStream in = plugin.getClass().getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    @Override
    public void migrate(Migrations migrations, boolean rehearsal) {
        migrations.migratePlugin(manifest.id(), plugin.getClass().getClassLoader(), true, rehearsal);
    }

    @Override
    public void close() {
        // The platform's own class loader is closed with the platform.
    }
}
