package io.thespace.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.identity.TestDatabase;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left of a removal that was cut off, on a real PostgreSQL. */
class RemovalDatabaseTest {

    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(Installation.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static Optional<UUID> newest(String plugin) {
        return database.in(null, em -> {
            Installations installations = new Installations();
            installations.entities = em;
            return installations.newestExport(plugin);
        });
    }

    private static UUID export(String plugin, String madeAt) throws Exception {
        UUID id = UUID.randomUUID();
        database.sql("insert into core.plugin_exports (id, plugin_id, version, content, made_at) values ('" + id
                + "', '" + plugin + "', '1.0.0', '', now() - interval '" + madeAt + "')");
        return id;
    }

    @Test
    void theNewestExportOfThePluginIsFound() throws Exception {
        assertThat(newest("notes")).isEmpty();
        export("notes", "2 days");
        UUID newest = export("notes", "1 minute");
        export("calendar", "1 second");

        assertThat(newest("notes")).contains(newest);
    }

    @Test
    void aRemovalThatWasCutOffNamesTheExport() {
        UUID export = UUID.randomUUID();

        assertThat(ControlCenter.cutOff(PluginChange.REMOVING, Optional.of(export)))
                .isEqualTo("Its removal was cut off and taken back; do it again."
                        + " The newest export of its data is at /api/control-center/plugins/exports/" + export + ".");
        assertThat(ControlCenter.cutOff(PluginChange.ENABLING, Optional.empty()))
                .isEqualTo("Enabling it was cut off and taken back; do it again.");
    }
}
