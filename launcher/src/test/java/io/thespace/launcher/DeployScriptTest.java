package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When deploy.sh builds: the script in a checkout of a few files, with a Maven and a Java that only log calls. */
class DeployScriptTest {

    private static final List<String> BUILT =
            List.of("ear/target/the-space.ear", "launcher/target/launcher.jar", "ear/target/.deploy-built");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"the-space", "src/the-space", "src/test/the-space", ".work/target", "target", ".the-space"})
    void buildsOnceAndAgainAfterAChange(String name) throws Exception {
        Path checkout = checkout(name);
        assertThat(deploy(checkout, folder, "start")).containsExactly("mvnw", "java start");
        builtAfterTheSources(checkout);
        Files.writeString(checkout.resolve("README.md"), "");
        touch(checkout.resolve("README.md"), Duration.ofMinutes(10));
        assertThat(deploy(checkout, folder, "start")).containsExactly("java start");
        assertThat(deploy(checkout, folder, "rotate-keys")).containsExactly("java rotate-keys");

        touch(checkout.resolve("ear/src/main/A.java"), Duration.ofMinutes(10));
        assertThat(deploy(checkout, folder, "start")).containsExactly("mvnw", "java start");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "status", "reset"})
    void commandsOnWhatRunsDoNotWaitForABuild(String command) throws Exception {
        Path checkout = checkout("the-space");
        assertThat(deploy(checkout, folder, command)).containsExactly("mvnw", "java " + command);
        builtAfterTheSources(checkout);
        touch(checkout.resolve("ear/src/main/A.java"), Duration.ofMinutes(10));
        assertThat(deploy(checkout, folder, command)).containsExactly("java " + command);
    }

    /** Relative settings are meant from where the user is. */
    @Test
    void leavesTheUsersFolder() throws Exception {
        Path checkout = checkout("src/the-space");
        deploy(checkout, Files.createDirectory(folder.resolve("elsewhere")), "start");
        assertThat(folder.resolve("elsewhere/started-here")).exists();
    }

    /** Of the past, so that only a later change is newer than a build. */
    private Path checkout(String name) throws IOException {
        Path checkout = Files.createDirectories(folder.resolve(name));
        Files.copy(Checkout.folder().resolve("deploy.sh"), checkout.resolve("deploy.sh"));
        program(
                checkout.resolve("mvnw"),
                """
                echo mvnw >> "$CALLS"
                mkdir -p ear/target launcher/target
                touch ear/target/the-space.ear launcher/target/launcher.jar
                """);
        program(
                folder.resolve("jdk/bin/java"),
                """
                [ "$1" != -version ] || { echo 'openjdk version "17.0.1"' >&2; exit; }
                while [ "$1" != -jar ]; do shift; done
                shift 2
                echo java "$@" >> "$CALLS"
                touch started-here
                """);
        Files.createDirectories(checkout.resolve("ear/src/main"));
        Files.writeString(checkout.resolve("ear/src/main/A.java"), "");
        Files.writeString(checkout.resolve("pom.xml"), "");
        try (Stream<Path> paths = Files.walk(checkout)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                touch(path, Duration.ofHours(-1));
            }
        }
        return checkout;
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\nset -e\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static void touch(Path path, Duration fromNow) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plus(fromNow)));
    }

    /** A build makes target folders beside the sources, and clocks of file systems are coarse. */
    private static void builtAfterTheSources(Path checkout) throws IOException {
        for (String file : BUILT) {
            if (Files.exists(checkout.resolve(file))) {
                touch(checkout.resolve(file), Duration.ofMinutes(5));
            }
        }
    }

    /** Runs a command in a folder, and returns what it called. */
    private List<String> deploy(Path checkout, Path in, String command) throws IOException {
        Path calls = folder.resolve("calls");
        Files.deleteIfExists(calls);
        Command.run(
                List.of("bash", checkout.resolve("deploy.sh").toString(), command),
                in,
                Map.of(
                        "JAVA_HOME", folder.resolve("jdk").toString(),
                        "CALLS", calls.toString(),
                        "SPACE_SERVER", "payara"),
                Duration.ofMinutes(1));
        return Files.readAllLines(calls);
    }
}
