package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data catalog describes exactly the contents of the database, with overrides by administrators. */
class CatalogIT {

    private static final String CATALOG = "/api/control-center/catalog";

    private static final String EXTERNAL =
            """
            {"entries": [{"name": "crm.contacts", "kind": "external", "owner": "Sales", "description": "People.",
              "tenant_scoped": false, "retention": "3 years.", "columns": [
                {"name": "email", "type": "email address", "description": "Where.", "classification": "personal"}]}]}
            """;

    /**
     * The tables and views in the schemas of the platform and of bundled plugins. A plugin that is installed at run time answers
     * for its schema itself; the role that owns it signs in.
     */
    private static final String TABLES =
            " from pg_class t join pg_namespace s on s.oid = t.relnamespace and t.relkind in ('r', 'p', 'v', 'm', 'f')"
                    + " and not exists (select from pg_roles r where r.oid = s.nspowner and r.rolcanlogin"
                    + " and r.rolname ~ '^space_.+_[0-9a-f]{8}$')"
                    + " and s.nspname !~ '^pg_' and s.nspname <> 'information_schema'";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Caller admin = space.as(stage.fixtures().admin(org));

    @AfterEach
    void nothingImported() {
        admin.send("POST", CATALOG + "/import?replace=true", "{\"entries\": []}")
                .is(200);
    }

    private List<JsonNode> tables() {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode entry : admin.get(CATALOG).is(200).json()) {
            if (entry.path("kind").asText().equals("table")) {
                found.add(entry);
            }
        }
        return found;
    }

    @Test
    void everyTableAndColumnIsDescribedAndNoOther() {
        List<String> described = new ArrayList<>();
        for (JsonNode table : tables()) {
            for (JsonNode column : table.path("columns")) {
                described.add(
                        table.path("name").asText() + "." + column.path("name").asText());
            }
        }

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(
                        stage.database()
                                .query(
                                        "select s.nspname || '.' || t.relname || '.' || a.attname" + TABLES
                                                + " join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped"));
    }

    @Test
    void tenantScopedIsWhatIsUnderRowLevelSecurity() {
        assertThat(tables().stream()
                        .filter(table -> table.path("tenant_scoped").asBoolean())
                        .map(table -> table.path("name").asText()))
                .containsExactlyInAnyOrderElementsOf(stage.database()
                        .query("select s.nspname || '.' || t.relname" + TABLES + " where t.relrowsecurity"));
    }

    @Test
    void eachEntryTellsWhoSaysSo() {
        assertThat(tables()).isNotEmpty().allSatisfy(table -> {
            String name = table.path("name").asText();
            String schema = name.substring(0, name.indexOf('.'));
            boolean platform = List.of("core", "flow").contains(schema);
            assertThat(table.path("source").asText()).isEqualTo(platform ? "core" : "plugin:" + schema);
        });
        assertThat(entry("core.users").path("classification").asText()).isEqualTo("secret");
        assertThat(entry("financial_business.account").path("classification").asText())
                .isEqualTo("personal");
    }

    private JsonNode entry(String name) {
        for (JsonNode entry : admin.get(CATALOG).is(200).json()) {
            if (entry.path("name").asText().equals(name)) {
                return entry;
            }
        }
        throw new AssertionError("The catalog has no " + name);
    }

    @Test
    void anExportIsAFileThatComesBackUnchanged() {
        Answer export = admin.get(CATALOG + "/export").is(200).hasManners();
        int entries = export.json().path("entries").size();

        assertThat(export.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(export.header("Content-Disposition")).contains("attachment; filename=\"catalog.json\"");
        assertThat(counts(admin.send("POST", CATALOG + "/import", export.body())))
                .containsExactly(0, 0, entries, 0);
        Answer again =
                admin.with("If-None-Match", export.header("ETag").orElseThrow()).get(CATALOG + "/export");
        assertThat(again.is(304).body()).isEmpty();
    }

    @Test
    void anImportWinsAndASecondOneChangesNothing() {
        ObjectNode document =
                (ObjectNode) admin.get(CATALOG + "/export").is(200).json();
        for (JsonNode entry : document.path("entries")) {
            if (entry.path("name").asText().equals("financial_business.account")) {
                ((ObjectNode) entry).put("retention", "Seven years after it was closed.");
            }
        }
        ((ArrayNode) document.path("entries"))
                .addAll((ArrayNode) Json.read(EXTERNAL).path("entries"));
        int rest = document.path("entries").size() - 2;

        assertThat(counts(admin.send("POST", CATALOG + "/import", document.toString())))
                .containsExactly(1, 1, rest, 0);
        assertThat(counts(admin.send("POST", CATALOG + "/import", document.toString())))
                .containsExactly(0, 0, rest + 2, 0);

        assertThat(entry("financial_business.account").path("source").asText()).isEqualTo("imported");
        assertThat(entry("financial_business.account").path("retention").asText())
                .isEqualTo("Seven years after it was closed.");
        assertThat(entry("crm.contacts").path("classification").asText()).isEqualTo("personal");
        assertThat(counts(admin.send("POST", CATALOG + "/import?replace=true", "{\"entries\": []}")))
                .containsExactly(0, 0, 0, 2);
        assertThat(entry("financial_business.account").path("source").asText()).isEqualTo("plugin:financial_business");
    }

    @Test
    void theSameKeyIsDoneOnce() {
        Caller once = admin.once(UUID.randomUUID().toString());

        assertThat(counts(once.send("POST", CATALOG + "/import", EXTERNAL))).containsExactly(1, 0, 0, 0);
        assertThat(counts(once.send("POST", CATALOG + "/import", EXTERNAL))).containsExactly(1, 0, 0, 0);
    }

    @Test
    void aFaultIsNamedByItsPathAndKeepsEverythingOut() {
        String faulty = EXTERNAL.replace("]}]}", "]}, {\"name\": \"Nonsense\", \"tenant_scoped\": true}]}");

        admin.send("POST", CATALOG + "/import", faulty)
                .refusedFor(
                        400,
                        "entries[1].name",
                        "entries[1].kind",
                        "entries[1].owner",
                        "entries[1].description",
                        "entries[1].retention",
                        "entries[1].columns");
        admin.send("POST", CATALOG + "/import", EXTERNAL.replace("\"personal\"", "\"private\""))
                .refusedFor(400, "entries[0].columns[0].classification");
        admin.send("POST", CATALOG + "/import", EXTERNAL.replace("\"type\"", "\"tpye\""))
                .refusedFor(400, "entries[0].columns[0].tpye");
        admin.send("POST", CATALOG + "/import", EXTERNAL.replace("Where.", "Where\\u0000"))
                .refusedFor(400, "entries[0].columns[0].description");
        admin.send("POST", CATALOG + "/import", "{}").refusedFor(400, "entries");
        admin.get(CATALOG + "/import").refused(405);
        assertThat(admin.get(CATALOG).is(200).json().findValuesAsText("name")).doesNotContain("crm.contacts");
    }

    @Test
    void theScriptsCarryItThereAndBack(@TempDir Path folder) throws Exception {
        assumeThat(script("command -v curl")).as("curl, which the scripts need").isZero();
        Path file = folder.resolve("catalog.json");

        assertThat(script("data/export-catalog.sh '" + file + "'")).isZero();
        assertThat(Json.read(Files.readString(file)).path("entries")).hasSize(tables().size());
        assertThat(script("data/import-catalog.sh --replace '" + file + "' | grep -q '\"changed\":0,'"))
                .isZero();
        assertThat(script("data/import-catalog.sh README.md 2>&1 >/dev/null | grep -q 'answered with 400'"))
                .isZero();
        assertThat(script("SPACE_TOKEN= data/export-catalog.sh 2>&1 | grep -q 'SPACE_TOKEN is not set'"))
                .isZero();
        assertThat(script("data/export-catalog.sh --help && data/import-catalog.sh --help"))
                .isZero();
    }

    /** The exit status of a line of bash in the checkout, called by the administrator. */
    private int script(String line) throws Exception {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", line)
                .directory(Path.of(System.getProperty("space.root")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        bash.environment().put("SPACE_URL", space.base().toString());
        bash.environment().put("SPACE_TOKEN", admin.token());
        return bash.start().waitFor();
    }

    private static List<Integer> counts(Answer receipt) {
        receipt.is(200);
        return List.of(
                receipt.get("added").asInt(),
                receipt.get("changed").asInt(),
                receipt.get("unchanged").asInt(),
                receipt.get("removed").asInt());
    }
}
