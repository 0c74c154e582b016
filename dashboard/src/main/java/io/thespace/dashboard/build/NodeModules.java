package io.thespace.dashboard.build;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The npm packages on the classpath, which mvnpm publishes as JARs, as a {@code node_modules} folder. */
final class NodeModules {

    private static final String ROOT = "META-INF/resources/_static/";

    /** As esbuild.version of the parent POM; the checksum belongs to it. */
    static final String ESBUILD_VERSION = "0.23.1";

    static final String ESBUILD_LINUX_ARM_SHA512 =
            "/93bf2yxencYDnItMYV/v116zff6UyTjo4EtEQjUBeGiVpMmffDNUyD9UN2zV+V3LRV3/on4xdZ26NKzn6754g==";

    private final Path folder;

    NodeModules(Path folder) {
        this.folder = folder;
    }

    /** The folder that bare imports are resolved in. */
    Path folder() {
        return folder;
    }

    /** Unpacks the packages, unless the same archives were unpacked before. */
    void unpack() throws IOException {
        List<JarFile> archives = archives();
        Set<String> names = new TreeSet<>();
        for (JarFile archive : archives) {
            names.add(Path.of(archive.getName()).getFileName().toString());
        }
        Path stamp = folder.resolve(".archives");
        String wanted = String.join("\n", names);
        if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
            return;
        }
        delete(folder);
        for (JarFile archive : archives) {
            unpack(archive);
        }
        Files.writeString(stamp, wanted);
    }

    /** The executable of esbuild for this platform. */
    Path esbuild() throws IOException, InterruptedException {
        if (isLinuxOnArm()) {
            return linuxArm();
        }
        try (var platforms = Files.list(folder.resolve("@esbuild"))) {
            Path platform = platforms.findFirst().orElseThrow();
            Path windows = platform.resolve("esbuild.exe");
            return executable(Files.exists(windows) ? windows : platform.resolve("bin/esbuild"));
        }
    }

    private static boolean isLinuxOnArm() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("aarch64");
    }

    /**
     * Downloads esbuild for Linux on ARM from the npm registry, once: for this platform alone it is not on Maven
     * Central.
     */
    private Path linuxArm() throws IOException, InterruptedException {
        Path executable = folder.resolve("@esbuild/linux-arm64-" + ESBUILD_VERSION);
        if (!Files.exists(executable)) {
            URI address = URI.create(
                    "https://registry.npmjs.org/@esbuild/linux-arm64/-/linux-arm64-" + ESBUILD_VERSION + ".tgz");
            Files.write(
                    executable,
                    NpmArchive.fetch(address, ESBUILD_LINUX_ARM_SHA512).file("package/bin/esbuild"));
        }
        return executable(executable);
    }

    private static Path executable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable.");
        }
        return file;
    }

    private static List<JarFile> archives() throws IOException {
        List<JarFile> archives = new ArrayList<>();
        // Every JAR of mvnpm has one.
        for (URL map : Collections.list(NodeModules.class.getClassLoader().getResources("META-INF/importmap.json"))) {
            URLConnection connection = map.openConnection();
            connection.setUseCaches(true);
            archives.add(((JarURLConnection) connection).getJarFile());
        }
        return archives;
    }

    private void unpack(JarFile archive) throws IOException {
        List<JarEntry> entries = Collections.list(archive.entries());
        List<String> roots = new ArrayList<>();
        for (JarEntry entry : entries) {
            if (entry.getName().startsWith(ROOT) && entry.getName().endsWith("/package.json")) {
                roots.add(entry.getName().substring(0, entry.getName().length() - "package.json".length()));
            }
        }
        // A package.json below another one's folder is a part of that package.
        roots.removeIf(root -> roots.stream().anyMatch(other -> !other.equals(root) && root.startsWith(other)));
        for (String root : roots) {
            Path target = folder.resolve(name(archive, root));
            for (JarEntry entry : entries) {
                if (entry.getName().startsWith(root)
                        && !entry.isDirectory()
                        && !entry.getName().endsWith(".map")) {
                    Path file = target.resolve(entry.getName().substring(root.length()))
                            .normalize();
                    if (!file.startsWith(target)) {
                        throw new IOException(archive.getName() + " has an entry outside its package: " + entry);
                    }
                    Files.createDirectories(file.getParent());
                    try (InputStream in = archive.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
    }

    private static String name(JarFile archive, String root) throws IOException {
        try (InputStream in = archive.getInputStream(archive.getEntry(root + "package.json"))) {
            return new ObjectMapper().readTree(in).path("name").asText();
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
