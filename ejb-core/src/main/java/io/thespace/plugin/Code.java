package io.thespace.plugin;

import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Plugin;
import java.io.IOException;
import java.util.Optional;

/** A plugin's program: part of the platform's own archive, or from an archive of the plugin's. */
interface Code extends AutoCloseable {

    Manifest manifest();

    /** The digest of the archive; null for a bundled plugin. */
    String sha256();

    /** The plugin itself; for an installed one made anew, by its own constructor. */
    Plugin make() throws ReflectiveOperationException;

    /** A file from the root of the archive; of a bundled plugin, from beside its class. */
    Optional<byte[]> file(String path) throws IOException;

    /**
     * Brings the plugin's schema up to date.
     *
     * @param rehearsal whether to try and roll back
     */
    void migrate(Migrations migrations, boolean rehearsal);

    /** Releases classes and files. */
    @Override
    void close();
}
