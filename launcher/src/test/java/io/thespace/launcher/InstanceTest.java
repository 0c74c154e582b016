package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.thespace.configuration.InvalidConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {

    @TempDir
    Path home;

    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void handsItsSettingsToTheServer() {
        Instance instance = Instance.of(Map.of(
                "SPACE_HOME", home.toString(),
                "SPACE_HTTP_PORT", "20999",
                "REDIS_URL", "redis://:p@r:1",
                "mp.jwt.verify.issuer", "https://id",
                "mp.jwt.verify.audiences", "a",
                "mp.jwt.verify.publickey.location", "https://id/keys"));
        assertThat(instance.environment())
                .containsEntry("SPACE_HOME", home.toString())
                .containsEntry("SPACE_HTTP_PORT", "20999")
                .containsEntry("SPACE_GRPC_PORT", "9090")
                .containsEntry("REDIS_URL", "redis://:p@r:1")
                .containsEntry("MP_JWT_VERIFY_ISSUER", "https://id")
                .hasEntrySatisfying("DATABASE_URL", url -> assertThat(url)
                        .matches("postgresql://space_owner:[0-9a-f]{48}@127.0.0.1:15432/space"));
        assertThat(instance.base()).hasToString("http://127.0.0.1:20999");
    }

    /** The server runs in a folder of its own. */
    @Test
    void handsOnFilesAndFoldersAbsolute() {
        Map<String, String> environment = Instance.of(Map.of(
                        "SPACE_HOME", home.toString(),
                        "SPACE_PLUGIN_CATALOGUE", "plugins",
                        "SPACE_CACHE", " cache/../unpacked ",
                        "mp.jwt.verify.issuer", "https://id",
                        "mp.jwt.verify.audiences", "a",
                        "mp.jwt.verify.publickey.location", "keys/id.json"))
                .environment();
        assertThat(environment)
                .containsEntry(
                        "SPACE_PLUGIN_CATALOGUE",
                        Path.of("plugins").toAbsolutePath().toString())
                .containsEntry(
                        "SPACE_CACHE", Path.of("unpacked").toAbsolutePath().toString())
                .containsEntry(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        Path.of("keys/id.json").toAbsolutePath().toString());
        assertThat(Instance.of(Map.of(
                                "SPACE_HOME", home.toString(),
                                "mp.jwt.verify.issuer", "https://id",
                                "mp.jwt.verify.audiences", "a",
                                "mp.jwt.verify.publickey.location", "https://id/keys"))
                        .environment())
                .containsEntry("MP_JWT_VERIFY_PUBLICKEY_LOCATION", "https://id/keys");
    }

    @Test
    void keepsASecretAndMakesAnotherForAnother() {
        Instance instance = Instance.of(Map.of("SPACE_HOME", home.toString()));
        assertThat(instance.secret("one"))
                .isEqualTo(instance.secret("one"))
                .isNotEqualTo(instance.secret("two"))
                .hasSize(48);
    }

    @Test
    void erasesOnlyWhatItMade() throws Exception {
        Instance instance = Instance.of(Map.of("SPACE_HOME", home.toString()));
        instance.keys().ensure();
        Files.createDirectories(home.resolve("work/plugins"));
        Files.writeString(home.resolve("first-admin-password"), "");
        Files.writeString(home.resolve("first-admin-password.4a1f"), "");
        Files.writeString(home.resolve("somebody's"), "");
        instance.erase();
        assertThat(PrivateFiles.names(home)).containsExactly("somebody's");
    }

    @Test
    void onlyOneLauncherWorksOnAFolder() {
        Lock.holding(home, () -> assertThat(home.resolve("lock"))
                .hasContent(String.valueOf(ProcessHandle.current().pid())));
    }

    @Test
    void stateIsStoppedBeforeTheFirstStartAndFailedWhenTheServerVanished() {
        Instance instance = Instance.of(Map.of("SPACE_HOME", home.toString(), "SPACE_SERVER", "wildfly"));
        assertThat(State.of(instance).now()).isEqualTo("stopped");
        State.starting(instance, "hash");
        State.became(instance, "running");
        assertThat(State.of(instance).now()).isEqualTo("failed");
        assertThat(Json.tree(Json.text(State.of(instance).view()))
                        .at("/ports/http")
                        .asInt())
                .isEqualTo(8080);
    }

    /** A second deploy.sh without the first one's SPACE_HTTP_PORT. */
    @Test
    void aRunningServerIsFoundAtTheAddressItWasStartedWith() throws Exception {
        Instance started = running();
        Instance other = Instance.of(Map.of("SPACE_HOME", home.toString(), "SPACE_REDIS_PORT", "20001"));
        assertThat(State.of(other).ready()).isTrue();
        assertThat(State.of(other).baseUrl()).isEqualTo(started.base().toString());
        assertThatThrownBy(() -> new Launcher(other).start())
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("base_url is " + started.base() + ", not http://127.0.0.1:8080\n")
                .hasMessageContaining("redis is 16379, not 20001")
                .hasMessageContaining("./deploy.sh stop")
                .hasMessageNotContaining("postgres");
        State.of(started).requireSameAddresses();
    }

    @Test
    void thePasswordOfAnInterruptedFirstStartIsShownByTheNext() throws Exception {
        Instance started = running();
        Files.writeString(started.firstPassword(), "generated\n");
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            new Launcher(started).alreadyRunning(State.of(started), started.server(), "hash");
        } finally {
            System.setOut(console);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Already running at " + started.base(), "Password generated ")
                .doesNotContain("older build", "other settings");
        assertThat(started.firstPassword()).doesNotExist();
        assertThat(State.of(started).confirmed()).isTrue();
    }

    @Test
    void onlyAServerOfThisStartIsEndedWhenItDoesNotBecomeReady() throws Exception {
        Instance instance = Instance.of(Map.of("SPACE_HOME", home.toString(), "SPACE_SERVER", "micro"));
        State.starting(instance, "hash");
        Files.writeString(instance.server().logFile(), "Exception while loading the app\n");
        Process process = new ProcessBuilder("sleep", "600").start();
        try {
            RunningProcess.of(process.toHandle()).save(home.resolve("server/process.json"));
            assertThatThrownBy(() -> new Launcher(instance).await(instance.server(), false))
                    .isInstanceOf(LaunchFailure.class)
                    .hasMessageContaining("It was not stopped. To stop it: ./deploy.sh stop");
            assertThat(process.isAlive()).isTrue();
            assertThat(State.of(instance).now()).isEqualTo("starting");

            assertThatThrownBy(() -> new Launcher(instance).await(instance.server(), true))
                    .isInstanceOf(LaunchFailure.class);
            assertThat(process.isAlive()).isFalse();
            assertThat(State.of(instance).now()).isEqualTo("failed");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void otherSettingsOfARunningServerAreNoticed() {
        Map<String, String> settings = Map.of("SPACE_HOME", home.toString(), "SPACE_ADMIN_EMAIL", "a@b.example");
        State.starting(Instance.of(settings), "hash");
        assertThat(State.of(Instance.of(settings)).sameSettings()).isTrue();
        assertThat(State.of(with(settings, "SPACE_PLUGIN_UNSIGNED", "allow")).sameSettings())
                .isFalse();
        assertThat(State.of(with(settings, "SPACE_SEALING_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="))
                        .sameSettings())
                .isFalse();
        assertThat(State.of(with(settings, "SPACE_ADMIN_PASSWORD", "for --test-endpoints"))
                        .sameSettings())
                .isTrue();
        assertThat(State.of(with(settings, "SPACE_GRPC_PORT", "9090")).sameSettings())
                .as("the fallback")
                .isTrue();
    }

    /** As launchers before the comparison of settings wrote it. */
    @Test
    void aStateWithoutSettingsIsRead() throws Exception {
        Files.writeString(
                home.resolve("state.json"),
                "{\"admin\":\"4848\",\"archive\":\"hash\",\"base_url\":\"http://127.0.0.1:8080\",\"grpc\":\"9090\","
                        + "\"http\":\"8080\",\"postgres\":\"15432\",\"redis\":\"16379\",\"server\":\"payara\","
                        + "\"state\":\"running\"}");
        State state = State.of(Instance.of(Map.of("SPACE_HOME", home.toString())));
        assertThat(state.sameSettings()).isTrue();
        assertThat(state.archive()).isEqualTo("hash");
        state.requireSameAddresses();
    }

    @Test
    void aProcessWithAnotherStartTimeIsNotOurs() {
        RunningProcess self = RunningProcess.of(ProcessHandle.current());
        assertThat(self.alive()).isTrue();
        assertThat(new RunningProcess(self.pid(), self.startedMillis() - 60_000, self.command(), "").alive())
                .isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessIsOursAfterTheClockWasSet() {
        RunningProcess self = RunningProcess.of(ProcessHandle.current());
        Path file = home.resolve("process.json");
        new RunningProcess(self.pid(), self.startedMillis() - 60_000, self.command(), self.kernelStart()).save(file);
        assertThat(RunningProcess.load(file)).isPresent();
        new RunningProcess(self.pid(), self.startedMillis(), self.command(), self.kernelStart() + "1").save(file);
        assertThat(RunningProcess.load(file)).as("another process's start").isEmpty();
    }

    /** As launchers wrote it that compared only the time. */
    @Test
    void aProcessFileWithTheTimeAloneIsRead() throws Exception {
        RunningProcess self = RunningProcess.of(ProcessHandle.current());
        Path file = home.resolve("process.json");
        Files.writeString(
                file,
                "{\"command\":\"java\",\"pid\":\"%d\",\"started_millis\":\"%d\"}"
                        .formatted(self.pid(), self.startedMillis()));
        assertThat(RunningProcess.load(file)).map(RunningProcess::pid).contains(self.pid());
    }

    @Test
    void aWrongSettingIsNamed() {
        assertThatThrownBy(() -> Instance.of(Map.of("SPACE_HOME", home.toString(), "SPACE_REDIS_PORT", "x")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("SPACE_REDIS_PORT");
    }

    @Test
    void serverScriptsHaveNoPlaceholderLeft() {
        String ofPayara = "${com.sun.aas.instanceRoot}";
        assertThat(ServerFiles.text("http.asadmin", Map.of("listener", "l", "port", "1", "address", "a"))
                        .replace(ofPayara, ""))
                .doesNotContain("${");
        assertThat(ServerFiles.lines("jvm.options"))
                .contains("-Dfile.encoding=UTF-8")
                .noneMatch(line -> line.startsWith("#"));
    }

    /** An instance whose start was interrupted: this process, and an API that is ready, stand in for its server. */
    private Instance running() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        Instance instance = Instance.of(Map.of(
                "SPACE_HOME", home.toString(),
                "SPACE_HTTP_PORT", String.valueOf(server.getAddress().getPort())));
        State.starting(instance, "hash");
        RunningProcess.of(ProcessHandle.current())
                .save(PrivateFiles.folder(home.resolve("server")).resolve("process.json"));
        return instance;
    }

    private static Instance with(Map<String, String> settings, String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return Instance.of(more);
    }
}
