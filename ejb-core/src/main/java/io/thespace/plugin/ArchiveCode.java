package io.thespace.plugin;

import io.thespace.log.Log;
import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Plugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A plugin from an archive, unpacked on this node, with a class loader of its own. */
final class ArchiveCode implements Code {

    private static final Log LOG = Log.of(ArchiveCode.class);

    private final Archive archive;
    private final Path folder;
    private final PluginLoader loader;

    /**
     * Unpacks an archive.
     *
     * @param folder a new one, which is deleted at the close
     */
    ArchiveCode(Archive archive, Path folder) throws IOException {
        this.archive = archive;
        this.folder = folder;
        archive.unpack(folder);
        this.loader = new PluginLoader();
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(jar -> loader.addFile(jar.toFile()));
        }
    }

    @Override
    public Manifest manifest() {
        return archive.manifest();
    }

    @Override
    public String sha256() {
        return archive.sha256();
    }

    @Override
    public Plugin make() throws ReflectiveOperationException {
        return (Plugin)
                loader.loadClass(manifest().mainClass()).getConstructor().newInstance();
    }

    @Override
    public Optional<byte[]> file(String path) throws IOException {
        Path file = folder.resolve(path).normalize();
        return file.startsWith(folder) && Files.isRegularFile(file)
                ? Optional.of(Files.readAllBytes(file))
                : Optional.empty();
    }

    /** A plugin that may have no schema has no scripts run. */
    @Override
    public void migrate(Migrations migrations, boolean rehearsal) {
        if (manifest().permissions().contains("database:schema")) {
            migrations.migratePlugin(manifest().id(), loader, false, rehearsal);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
            delete(folder);
        } catch (IOException | UncheckedIOException e) {
            LOG.warning(
                    "The files of a plugin could not be deleted",
                    "plugin",
                    manifest().id(),
                    "cause",
                    e);
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
