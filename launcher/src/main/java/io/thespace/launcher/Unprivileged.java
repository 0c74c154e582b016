package io.thespace.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How to run a data store, which refuses to run as root: as nobody when the launcher is root and nobody can enter the
 * folders, otherwise in a user namespace in which root is nobody.
 *
 * @param prefix of each command
 * @param user the numeric id of the data's owner
 */
record Unprivileged(List<String> prefix, int user) {

    private static final int NOBODY = 65_534;

    /**
     * Selects a way that is possible on this machine.
     *
     * @param folders that the data store must reach
     */
    static Unprivileged reaching(Path... folders) {
        if (!root()) {
            return new Unprivileged(List.of(), -1);
        }
        if (Command.onPath("setpriv") && Stream.of(folders).allMatch(Unprivileged::open)) {
            return new Unprivileged(
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--no-new-privs"),
                    NOBODY);
        }
        try {
            Command.run(List.of("unshare", "-U", "true"), Path.of("/"), Map.of(), Duration.ofSeconds(5));
            return new Unprivileged(List.of("unshare", "-U"), 0);
        } catch (LaunchFailure e) {
            throw new LaunchFailure(
                    "PostgreSQL does not run as root. Set SPACE_HOME and SPACE_CACHE to folders that other users may"
                            + " enter (for example below /var/lib), or run deploy.sh as a normal user.",
                    e);
        }
    }

    /** Whether this process is root. */
    static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The command as that user. */
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /** Makes a folder that only that user may enter, and hands over all it holds. */
    Path own(Path folder) {
        PrivateFiles.folder(folder);
        if (user < 0) {
            return folder;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (!Integer.valueOf(user).equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
                    Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
                    Files.setAttribute(path, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new LaunchFailure("Cannot hand " + folder + " over to user " + user + " (" + e + ").", e);
        }
    }

    private static boolean open(Path folder) {
        try {
            for (Path each = folder; each != null; each = each.getParent()) {
                if (Files.exists(each)
                        && !Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
