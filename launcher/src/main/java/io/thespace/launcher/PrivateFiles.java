package io.thespace.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files that only their owner may read. A file is there with its whole content or not at all. */
final class PrivateFiles {

    private PrivateFiles() {}

    /** Makes a folder with rwx------, or gives an existing one these permissions. */
    static Path folder(Path folder) {
        return folder(folder, "rwx------");
    }

    /** Makes a folder with the given permissions, or gives them to an existing one. */
    static Path folder(Path folder, String permissions) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
            return folder;
        } catch (IOException e) {
            throw new LaunchFailure("Cannot make the folder " + folder + " (" + e + ").", e);
        }
    }

    /** Creates an empty file with rw-------, or gives an existing one these permissions. */
    static void touch(Path file) {
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-------");
        try {
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(file, permissions);
            } else {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.createFile(file, PosixFilePermissions.asFileAttribute(permissions));
            }
        } catch (IOException e) {
            throw new LaunchFailure("Cannot make the file " + file + " (" + e + ").", e);
        }
    }

    /** Writes a file with rw-------, replacing what is there. */
    static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file with rw-------, replacing what is there. */
    static void write(Path file, byte[] content) {
        try {
            Path temporary = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "." + file.getFileName(),
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LaunchFailure("Cannot write " + file + " (" + e + ").", e);
        }
    }

    /** The file's text without surrounding white space, or null when it is not there. */
    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new LaunchFailure("Cannot read " + file + " (" + e + ").", e);
        }
    }

    /** Copies a folder and all it holds. */
    static void copy(Path from, Path to) {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new LaunchFailure(to + " exists and blocks the copy.", e);
        } catch (IOException e) {
            throw new LaunchFailure("Cannot copy " + from + " to " + to + " (" + e + ").", e);
        }
    }

    /** The names of what a folder holds; none when it is not there. */
    static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new LaunchFailure("Cannot read " + folder + " (" + e + ").", e);
        }
    }

    /** Gives a finished folder its name; when another launcher was faster, its copy is as good and stays. */
    static void install(Path finished, Path name) throws IOException {
        try {
            Files.move(finished, name, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(name)) {
                throw e;
            }
        }
    }

    /** Deletes a file or a folder with all it holds; links are deleted, not followed. */
    static void delete(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new LaunchFailure("Cannot delete " + path + " (" + e + ").", e);
        }
    }
}
