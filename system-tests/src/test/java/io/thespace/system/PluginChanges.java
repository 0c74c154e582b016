package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** An administrator who installs, upgrades and removes one plugin over and over, until the server dies. */
final class PluginChanges {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Caller admin;
    private final ControlCenter center;
    private final String id;
    private final PluginZip plugin;
    private final String path;
    private final int status;
    private Future<Integer> changes;
    private int version = 1;

    /**
     * @param path of an endpoint of the plugin's
     * @param status what a GET there answers while the plugin is enabled; 404 otherwise
     */
    PluginChanges(Caller admin, String id, PluginZip plugin, String path, int status) {
        this.admin = admin;
        this.center = new ControlCenter(admin);
        this.id = id;
        this.plugin = plugin;
        this.path = path;
        this.status = status;
    }

    void begin() {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        changes = thread.submit(() -> {
            int done = 0;
            while (true) {
                try {
                    change();
                    done++;
                } catch (IOException | UncheckedIOException e) {
                    // Nobody is there any more.
                    return done;
                }
            }
        });
        thread.shutdown();
    }

    /** Waits until the death of the server was noticed. */
    void end() throws Exception {
        changes.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void change() throws IOException {
        if (center.state(id).equals("absent")) {
            version = 1;
        }
        if (version > 3) {
            center.uninstall(id, "purge");
            version = 1;
        } else {
            center.tryInstall(
                    plugin.version("1." + version + ".0").signed(), "grant", ControlCenter.ALL, "enable", "true");
            version++;
        }
    }

    /** Asserts that the plugin comes to rest in one of the documented states, with all that belongs to it. */
    void areConsistent(Database database) {
        Patience.within(LIMIT, () -> isConsistent(database));
    }

    private void isConsistent(Database database) {
        JsonNode found = center.find(id);
        int answered = admin.get(path).status();
        if (found == null) {
            assertThat(answered).isEqualTo(404);
            assertThat(database.query("select sha256 from core.plugin_archives where plugin_id = ?", id))
                    .isEmpty();
            return;
        }
        assertThat(found.path("state").asText()).isIn("installed", "enabled", "disabled");
        assertThat(found.path("change").isNull()).as("%s", found).isTrue();
        assertThat(found.path("versions").get(0).asText())
                .isEqualTo(found.path("version").asText());
        if (found.path("state").asText().equals("enabled")) {
            assertThat(answered).isEqualTo(status);
            assertThat(found.path("nodes").findValuesAsText("version"))
                    .contains(found.path("version").asText());
        } else {
            assertThat(answered).isEqualTo(404);
        }
    }
}
