package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A plugin that goes takes all its classes with it. */
class PluginCyclesIT {

    private static final String ID = "notice_board";
    private static final int CYCLES = 100;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern LOADERS = Pattern.compile("(\\d+) +\\d+ +io\\.thespace\\.plugin\\.PluginLoader\\b");

    private final Stage stage = Stage.shared();

    @Test
    void aHundredCyclesLeaveNoClassLoader() throws Exception {
        Fixtures fixtures = stage.fixtures();
        Caller admin = stage.space().as(fixtures.admin(fixtures.organization()));
        ControlCenter center = new ControlCenter(admin);
        center.clear(ID);
        // Other tests' plugins hang for good, and keep their classes.
        int hanging = loaders();
        center.run(PluginZip.example()).is(200);
        for (int i = 0; i < CYCLES; i++) {
            // Whatever could remember a plugin's classes is used: validation, JSON both ways, documentation.
            admin.post("/api/plugins/notice_board/notices", "title", "Notice " + i, "text", "…")
                    .is(201);
            admin.post("/api/plugins/notice_board/notices", "title", "").refused(400);
            if (i % 10 == 9) {
                admin.get("/api/openapi").is(200);
            }
            center.disable(ID).is(200);
            center.enable(ID).is(200);
        }
        // Not more than before: what hung at the beginning may have ended.
        assertThat(loaders())
                .as("with the class loader of the plugin that runs")
                .isPositive();
        center.uninstall(ID, "purge").is(200);
        Patience.within(LIMIT, () -> assertThat(loaders()).isLessThanOrEqualTo(hanging));
    }

    /** The number of live class loaders of plugins after a full collection. */
    private int loaders() throws IOException, InterruptedException {
        long server = ServerProcess.pid(stage.instance().home());
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(server),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(histogram).contains("java.lang.String");
        Matcher found = LOADERS.matcher(histogram);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
