package io.thespace.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Programs that the launcher runs. */
final class Command {

    /** Programs that a detached process may appear as during its first milliseconds. */
    private static final Set<String> BEFORE = Set.of("setsid", "nohup", "sh", "dash", "bash", "busybox");

    private Command() {}

    /** The Java that runs this program. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Runs a program until it ends.
     *
     * @return its output
     * @throws LaunchFailure with its output, when it fails or takes longer than the limit
     */
    static String run(List<String> command, Path folder, Map<String, String> environment, Duration limit) {
        Path output = null;
        try {
            // To a file and not through a pipe: a daemon that the program leaves behind would hold the pipe open.
            output = Files.createTempFile("the-space", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new LaunchFailure(
                        "%s took longer than %d s:%n%s".formatted(name(command), limit.toSeconds(), text(output)));
            }
            if (process.exitValue() != 0) {
                throw new LaunchFailure(
                        "%s failed (exit %d):%n%s".formatted(name(command), process.exitValue(), text(output)));
            }
            return text(output);
        } catch (IOException e) {
            throw new LaunchFailure("Cannot run " + name(command) + " (" + e.getMessage() + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchFailure("Interrupted while running " + name(command) + ".", e);
        } finally {
            if (output != null) {
                PrivateFiles.delete(output);
            }
        }
    }

    /**
     * Starts a program that outlives this one: in a separate session, so that neither Ctrl-C nor a closed terminal ends
     * it.
     *
     * @param console the file for its output; emptied first
     * @param input its standard input, or null for none
     */
    static RunningProcess detach(
            List<String> command, Path folder, Map<String, String> environment, Path console, String input) {
        List<String> detached = new ArrayList<>();
        detached.add(onPath("setsid") ? "setsid" : "nohup");
        // Its logs and data must not be readable by other users.
        detached.addAll(List.of("sh", "-c", "umask 077; exec \"$0\" \"$@\""));
        detached.addAll(command);
        PrivateFiles.write(console, "");
        try {
            ProcessBuilder builder = new ProcessBuilder(detached)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(console.toFile());
            builder.environment().putAll(environment);
            if (input == null) {
                builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
            }
            Process process = builder.start();
            if (input != null) {
                try (var stdin = process.getOutputStream()) {
                    stdin.write(input.getBytes(StandardCharsets.UTF_8));
                }
            }
            // Until the program has taken their place, the operating system names the wrong one.
            Await.until(Duration.ofSeconds(5), () -> process.info()
                    .command()
                    .filter(program ->
                            !BEFORE.contains(Path.of(program).getFileName().toString()))
                    .isPresent());
            return RunningProcess.of(process.toHandle());
        } catch (IOException e) {
            throw new LaunchFailure("Cannot start " + name(command) + " (" + e.getMessage() + ").", e);
        }
    }

    /** Whether a program can be found by its name alone. */
    static boolean onPath(String program) {
        return System.getenv().getOrDefault("PATH", "").lines().anyMatch(path -> List.of(path.split(":", -1)).stream()
                .anyMatch(folder ->
                        !folder.isEmpty() && Files.isExecutable(Path.of(folder).resolve(program))));
    }

    private static String name(List<String> command) {
        return Path.of(command.get(0)).getFileName().toString();
    }

    private static String text(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
    }
}
