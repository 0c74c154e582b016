package io.thespace.dashboard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the unit tests of the TypeScript sources with Node's own test runner. */
class ScriptsTest {

    private static final Path MODULE = Path.of(System.getProperty("dashboard.folder"));

    @Test
    void theScriptsPassTheirTests() throws IOException, InterruptedException {
        assumeTrue(isNodeInstalled(), "The scripts are not tested: there is no Node");
        Path bundle = MODULE.resolve("target/test-ts/parts.test.mjs");
        Path esbuild = new NodeModules(MODULE.resolve("target/node_modules")).esbuild();

        assertThat(run(List.of(
                        esbuild.toString(),
                        "src/test/ts/parts.test.ts",
                        "--bundle",
                        "--platform=node",
                        "--format=esm",
                        "--log-level=warning",
                        "--tsconfig=src/main/ts/tsconfig.json",
                        "--outfile=" + bundle)))
                .isEmpty();
        assertThat(run(List.of("node", "--test", "--test-reporter=tap", bundle.toString())))
                .contains("# fail 0")
                .doesNotContain("# pass 0");
    }

    private static boolean isNodeInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(MODULE.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
