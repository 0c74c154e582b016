package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.launcher.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A server that dies in the middle of installing, upgrading or removing a plugin. */
class PluginCrashIT {

    private static final String ID = "notice_board";
    private static final int KILLS = 10;
    private static final int LONGEST_WAIT_MILLIS = 4_000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Random random = new Random(20261122);
    private final AtomicBoolean over = new AtomicBoolean();
    private int version = 1;

    @Test
    void afterEachRestartThePluginsStateIsOneOfTheDocumentedOnes() throws Exception {
        Path folder = Stage.temporaryFolder();
        try (Stores stores = Stores.start(folder.resolve("stores"))) {
            Map<String, String> settings = Stage.settings(folder.resolve("node"));
            settings.putAll(stores.settings());
            settings.put("SPACE_ACCESS_TOKEN_SECONDS", "3600");
            try (Node node = new Node(Instance.of(settings), Stage.KIND).started()) {
                Fixtures fixtures = new Fixtures(node.database());
                UUID org = fixtures.organization();
                Caller admin = node.space().as(fixtures.admin(org));
                for (int kill = 0; kill < KILLS; kill++) {
                    changeUntilKilled(node, new ControlCenter(admin));
                    node.started();
                    Patience.within(LIMIT, () -> isConsistent(admin, node.database()));
                }
            }
        } finally {
            Stage.clear(folder);
        }
    }

    private void changeUntilKilled(Node node, ControlCenter center) throws Exception {
        over.set(false);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Integer> changes = thread.submit(() -> {
            int done = 0;
            while (!over.get()) {
                try {
                    change(center);
                    done++;
                } catch (IOException | UncheckedIOException e) {
                    // Nobody is there any more.
                    return done;
                }
            }
            return done;
        });
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
        node.kill();
        over.set(true);
        changes.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        thread.shutdown();
    }

    private void change(ControlCenter center) throws IOException {
        if (center.state(ID).equals("absent")) {
            version = 1;
        }
        if (version > 3) {
            center.uninstall(ID, "purge");
            version = 1;
        } else {
            center.tryInstall(
                    PluginZip.example().version("1." + version + ".0").signed(),
                    "grant",
                    ControlCenter.ALL,
                    "enable",
                    "true");
            version++;
        }
    }

    private static void isConsistent(Caller admin, Database database) {
        JsonNode plugin = new ControlCenter(admin).find(ID);
        int status = admin.get("/api/plugins/notice_board/notices").status();
        if (plugin == null) {
            assertThat(status).isEqualTo(404);
            assertThat(database.query("select sha256 from core.plugin_archives where plugin_id = ?", ID))
                    .isEmpty();
            return;
        }
        assertThat(plugin.path("state").asText()).isIn("installed", "enabled", "disabled");
        assertThat(plugin.path("change").isNull()).as("%s", plugin).isTrue();
        assertThat(plugin.path("versions").get(0).asText())
                .isEqualTo(plugin.path("version").asText());
        if (plugin.path("state").asText().equals("enabled")) {
            assertThat(status).isEqualTo(200);
            assertThat(plugin.path("nodes").findValuesAsText("version"))
                    .contains(plugin.path("version").asText());
        } else {
            assertThat(status).isEqualTo(404);
        }
    }
}
