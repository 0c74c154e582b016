package io.thespace.plugin.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.plugin.api.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A plugin's {@code plugin.json}. */
record Manifest(
        String id,
        String mainClass,
        String name,
        String version,
        String requires,
        String description,
        String author,
        String license,
        List<String> dependencies,
        List<String> permissions,
        List<UiModule> ui,
        List<Metric> metrics) {

    record UiModule(String place, String title, String module) {}

    record Metric(String name, String description, String event, String sum, String by) {}

    /** Schemas and paths that are not a plugin's to have. */
    private static final Set<String> RESERVED = Set.of("core", "public", "information_schema", "catalog", "system");

    private static final String PERMISSION =
            "database:schema|events:publish|directory:read|endpoints:public|mcp:tools|sandbox|actions:[a-z][a-z0-9_]{1,47}|http:[a-z0-9.-]{1,253}(:\\d{1,5})?";

    Manifest {
        check(id != null && id.matches("[a-z][a-z0-9_]{1,47}"), "needs an id of 2 to 48 lower-case letters, digits, _");
        check(!RESERVED.contains(id) && !id.startsWith("pg_"), "has the id " + id + ", which is reserved");
        check(name != null && !name.isBlank() && name.length() <= 200, "needs a name of at most 200 characters");
        check(
                version != null && version.matches("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}([-+][0-9A-Za-z.+-]{1,64})?"),
                "needs a version such as 1.0.0, not " + version);
        dependencies = dependencies == null ? List.of() : List.copyOf(dependencies);
        permissions = permissions == null ? List.of() : List.copyOf(permissions);
        ui = ui == null ? List.of() : List.copyOf(ui);
        metrics = metrics == null ? List.of() : List.copyOf(metrics);
        permissions.forEach(
                asked -> check(asked.matches(PERMISSION), "asks for the permission " + asked + ", which there is not"));
        ui.forEach(module -> check(
                module.place != null
                        && Set.of("settings", "widget", "menu").contains(module.place)
                        && module.module != null
                        && module.module.matches("[A-Za-z0-9_-][A-Za-z0-9_./-]{0,200}")
                        && !module.module.contains(".."),
                "has a ui entry that needs a place (settings, widget or menu) and a module such as settings.js"));
        metrics.forEach(metric -> check(
                metric.name != null && metric.name.matches("[a-z][a-z0-9_]{0,62}") && metric.event != null,
                "has a metric that needs a name in snake_case and an event"));
    }

    /** The manifest beside the plugin's class or, as in an archive, in the root. */
    static Manifest of(Plugin plugin) {
        Class<?> type = plugin.getClass();
        try (InputStream beside = type.getResourceAsStream("plugin.json");
                InputStream root = type.getResourceAsStream("/plugin.json")) {
            InputStream json = beside == null ? root : beside;
            if (json == null) {
                throw new AssertionError("There is no plugin.json on the tests' class path: make src/main/plugin a"
                        + " folder of test resources, as docs/PLUGIN_AUTHORING.md shows.");
            }
            return Json.MAPPER.readValue(new String(json.readAllBytes(), StandardCharsets.UTF_8), Manifest.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError("plugin.json: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean asksFor(String permission) {
        return permissions.contains(permission);
    }

    private static void check(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException("plugin.json " + fault + ".");
        }
    }
}
