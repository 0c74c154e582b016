package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.InvalidConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {

    @TempDir
    Path home;

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
                .containsEntry("SPACE_CACHE", Path.of("unpacked").toAbsolutePath().toString())
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
}
