package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project that a new author is given. */
class AuthoringIT {

    private static final String ID = "tool_shed";
    private static final Path ROOT = Path.of(System.getProperty("space.root"));

    private final Stage stage = Stage.shared();
    private final UUID org = stage.fixtures().organization();
    private final Caller user = stage.space().as(stage.fixtures().user(org));
    private final ControlCenter center =
            new ControlCenter(stage.space().as(stage.fixtures().admin(org)));

    @BeforeEach
    @AfterEach
    void clear() {
        center.clear(ID);
    }

    @Test
    void aNewProjectBuildsPassesItsOwnTestsAndRuns(@TempDir Path folder) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path project = folder.resolve("tool-shed");
        run(folder, java, "-jar", ROOT.resolve("launcher/target/launcher.jar").toString(), "new-plugin", ID);
        String built = run(project, "./mvnw", "-B", "package");
        assertThat(built).containsPattern("Tests run: [1-9]\\d*, Failures: 0, Errors: 0, Skipped: 0");

        center.run(PluginZip.read(project.resolve("target/tool-shed-1.0.0.zip")))
                .is(200);
        String items = "/api/plugins/" + ID + "/items";
        user.post(items, "name", "Hammer").is(201);
        assertThat(user.get(items).is(200).get("items")).hasSize(1);
        user.post(items, "nam", "Hammer").refused(400);
    }

    /** What a command prints; it has to succeed. */
    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "command", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String printed = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended && process.exitValue() == 0)
                .as("%s ends well:%n%s", String.join(" ", command), printed)
                .isTrue();
        return printed;
    }
}
