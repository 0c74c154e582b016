package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs from npm, in the directory that {@code SPACE_NODE_TOOLS} names; {@code .ci/run} installs them there. */
final class NodeTools {

    private static final String DIRECTORY = "SPACE_NODE_TOOLS";
    private static final long LIMIT_MINUTES = 5;

    private final Path directory;

    private NodeTools(Path directory) {
        this.directory = directory;
    }

    /** Skips the test where there are none, with the reason. */
    static NodeTools orSkip() {
        assumeTrue(
                areInstalled(),
                "Skipped: SPACE_NODE_TOOLS names no directory with Node 22 and the MCP tools from npm; .ci/run installs them");
        return new NodeTools(Path.of(System.getenv(DIRECTORY)));
    }

    /** Whether this machine has them; what uses them beside other things asks first. */
    static boolean areInstalled() {
        return System.getenv(DIRECTORY) != null;
    }

    /** Where the tools are. */
    Path directory() {
        return directory;
    }

    /** A file of a package. */
    Path file(String path) {
        return directory.resolve("node_modules").resolve(path);
    }

    /** Node with a script and its arguments. */
    ProcessBuilder node(Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(file(".bin/node").toString(), script.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** What a program writes until it ends, whatever its exit code. */
    static String output(ProcessBuilder program) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        try {
            Process process = program.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
                        .as("%s ends", program.command())
                        .isTrue();
            } finally {
                process.destroyForcibly();
            }
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }
}
