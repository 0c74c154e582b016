package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {

    @TempDir
    Path folder;

    @Test
    void findsWildFlysCauseWithoutFrames() throws Exception {
        assertThat(
                        cause(
                                """
                        2026-11-22 15:00:00,000 INFO  [org.x] (main) starting with 0 ERRORs
                        2026-11-22 15:00:01,000 ERROR [org.jboss.msc] (main) MSC000001: Failed to start service
                        \tat org.jboss.msc.Service.start(Service.java:1)
                        Caused by: InvalidConfiguration: SPACE_X must be 1.
                        \t... 3 more
                        2026-11-22 15:00:02,000 ERROR [org.y] (main) a later one
                        """))
                .isEqualTo("2026-11-22 15:00:01,000 ERROR [org.jboss.msc] (main) MSC000001: Failed to start service\n"
                        + "Caused by: InvalidConfiguration: SPACE_X must be 1.");
    }

    @Test
    void findsPayarasCause() throws Exception {
        assertThat(
                        cause(
                                """
                        [2026-11-22T15:00:00.000+0000] [Payara 6] [INFO] [] [x] [tid: 1] [levelValue: 800] [[
                          fine]]

                        [2026-11-22T15:00:01.000+0000] [Payara 6] [SEVERE] [] [x] [tid: 1] [levelValue: 1000] [[
                          Exception while loading the app
                        java.lang.IllegalStateException: SPACE_X must be 1.
                        \tat x.Y.z(Y.java:1)
                        ]]
                        """))
                .contains("Exception while loading the app")
                .contains("SPACE_X must be 1.")
                .doesNotContain("fine")
                .doesNotContain("Y.java");
    }

    @Test
    void looksOnlyAtThisStart() throws Exception {
        Path file = folder.resolve("server.log");
        Files.writeString(file, "2026-11-22 15:00:01,000 ERROR [x] (main) old\n");
        long start = ServerLog.length(file);
        assertThat(new ServerLog(file, start).cause()).isEmpty();
        assertThat(new ServerLog(folder.resolve("none"), 0).cause()).isEmpty();
    }

    private String cause(String log) throws Exception {
        return new ServerLog(Files.writeString(folder.resolve("server.log"), log), 0).cause();
    }
}
