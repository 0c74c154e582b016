package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {

    @TempDir
    Path folder;

    /** PostgreSQL runs as nobody when the launcher is root, whatever root's umask is. */
    @Test
    void whatIsUnpackedIsOpenToOthers() throws Exception {
        Path zip = folder.resolve("a.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("top/"));
            out.putNextEntry(new ZipEntry("top/without/entry/file"));
        }
        Path tar = folder.resolve("a.txz");
        try (OutputStream out = Files.newOutputStream(tar);
                TarArchiveOutputStream entries = new TarArchiveOutputStream(new XZCompressorOutputStream(out))) {
            entry(entries, "bin/", "");
            entry(entries, "share/without/entry/file", "text");
        }
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Command.run(
                List.of(
                        "sh",
                        "-c",
                        "umask 077; exec \"$0\" \"$@\"",
                        Command.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DistributionTest.class.getName(),
                        zip.toString(),
                        tar.toString(),
                        unpacked.toString()),
                folder,
                Map.of(),
                Duration.ofMinutes(1));
        try (Stream<Path> paths = Files.walk(unpacked)) {
            List<Path> all = paths.toList();
            assertThat(all).hasSizeGreaterThanOrEqualTo(10);
            assertThat(all).allSatisfy(path -> {
                assertThat(Files.getPosixFilePermissions(path)).contains(PosixFilePermission.OTHERS_READ);
                if (Files.isDirectory(path)) {
                    assertThat(Files.getPosixFilePermissions(path)).contains(PosixFilePermission.OTHERS_EXECUTE);
                }
            });
        }
    }

    /** Unpacks in a process with another umask: a zip, a tar and the folder to unpack them into. */
    public static void main(String[] arguments) throws IOException {
        Path into = Path.of(arguments[2]);
        Distribution.unzip(Path.of(arguments[0]), Files.createDirectory(into.resolve("zip")));
        Distribution.untar(Path.of(arguments[1]), Files.createDirectory(into.resolve("tar")));
    }

    @Test
    void whatAnEndedLauncherLeftIsDeletedAndAnothersWorkIsNot() throws Exception {
        Path abandoned = Files.createDirectories(folder.resolve(".new-1"));
        Files.writeString(abandoned.resolve("part"), "");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path recent = Files.createDirectory(folder.resolve(".new-2"));
        Path finished = Files.createDirectory(folder.resolve("redis-1"));
        Files.setLastModifiedTime(finished, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path mine = Distribution.staging(folder, "rwxr-xr-x");
        assertThat(folder).isDirectoryNotContaining(abandoned::equals);
        assertThat(recent).exists();
        assertThat(finished).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mine)))
                .isEqualTo("rwxr-xr-x");
    }

    private static void entry(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
