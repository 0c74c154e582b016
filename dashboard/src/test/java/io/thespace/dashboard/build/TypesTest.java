package io.thespace.dashboard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the types of the TypeScript sources, which esbuild only strips. */
class TypesTest {

    private static final Path NPM = Path.of(System.getProperty("dashboard.folder"), "src/test/npm");

    @Test
    void theSourcesHaveNoTypeErrors() throws IOException, InterruptedException {
        Path compiler = NPM.resolve("node_modules/typescript/bin/tsc");
        assumeTrue(
                Files.exists(compiler),
                "Types are not checked: run \"npm ci --ignore-scripts\" in dashboard/src/test/npm, which needs Node");

        assertThat(run(List.of("node", compiler.toString(), "-p", NPM.toString(), "--pretty", "false")))
                .isEmpty();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
