package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** The control center of plugins, as an administrator drives it. */
final class ControlCenter {

    static final String PATH = "/api/control-center/plugins";

    /** All that the test plugins ask for. */
    static final String ALL = "database:schema,events:publish,events:subscribe,directory:read,mcp:tools";

    private final Caller admin;

    ControlCenter(Caller admin) {
        this.admin = admin;
    }

    /** Sends an archive, with the form's other fields. */
    Answer install(byte[] zip, String... namesAndValues) {
        try {
            return tryInstall(zip, namesAndValues);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Answer tryInstall(byte[] zip, String... namesAndValues) throws IOException {
        return new FormData(namesAndValues).file("plugin.zip", zip).post(admin, PATH + "/install");
    }

    /** Installs and enables with all permissions. */
    Answer run(PluginZip plugin) {
        return install(plugin.signed(), "grant", ALL, "enable", "true");
    }

    Answer enable(String id) {
        return admin.post(PATH + "/enable", "plugin_id", id);
    }

    Answer disable(String id) {
        return admin.post(PATH + "/disable", "plugin_id", id);
    }

    Answer uninstall(String id, String data) {
        return admin.call("DELETE", PATH + "/uninstall?plugin_id=" + id + "&data=" + data);
    }

    /** The plugin as it is listed; null when it is not. */
    JsonNode find(String id) {
        for (JsonNode plugin : admin.get(PATH).is(200).json()) {
            if (plugin.path("id").asText().equals(id)) {
                return plugin;
            }
        }
        return null;
    }

    String state(String id) {
        JsonNode found = find(id);
        return found == null ? "absent" : found.path("state").asText();
    }

    /** Takes a plugin and its data away, if it is there. */
    void clear(String id) {
        if (find(id) != null) {
            assertThat(uninstall(id, "purge").status()).isEqualTo(200);
        }
    }
}
