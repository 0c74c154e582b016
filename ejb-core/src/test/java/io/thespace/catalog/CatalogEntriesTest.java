package io.thespace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.identity.TestDatabase;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports and exports, on a real PostgreSQL as the application's role. */
class CatalogEntriesTest {

    private static final Actor ADMIN =
            new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.ADMIN, null, "test", null, null, false);

    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(ImportedEntry.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void nothingImported() throws Exception {
        database.sql("truncate core.catalog_entries");
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container here that injects
    private static <T> T on(Function<CatalogEntries, T> work) {
        return database.in(ADMIN.orgId(), em -> {
            CatalogEntries entries = new CatalogEntries();
            entries.entities = em;
            entries.shipped = new ShippedCatalog(Map::of);
            return work.apply(entries);
        });
    }

    private static ImportReceipt take(boolean replace, CatalogEntry... entries) {
        return importAll(new CatalogDocument(null, List.of(entries)), replace);
    }

    private static ImportReceipt importAll(CatalogDocument document, boolean replace) {
        return on(catalog -> catalog.importAll(ADMIN, document, replace));
    }

    private static CatalogDocument export() {
        return on(catalog -> catalog.export(ADMIN));
    }

    private static CatalogEntryView view(String name) {
        return on(catalog -> catalog.list(ADMIN)).stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static CatalogEntry shipped(String name) {
        return new ShippedCatalog(Map::of).entries().get(name).entry();
    }

    private static CatalogEntry external(String name, String retention) {
        return new CatalogEntry(
                name,
                DataKind.EXTERNAL,
                "Sales",
                "People.",
                false,
                retention,
                List.of(new CatalogColumn("email", "email address", "Where.", Classification.PERSONAL)));
    }

    private static CatalogEntry keptFor(CatalogEntry entry, String retention) {
        return new CatalogEntry(
                entry.name(),
                entry.kind(),
                entry.owner(),
                entry.description(),
                entry.tenantScoped(),
                retention,
                entry.columns());
    }

    @Test
    void anExternalDataSetIsAddedOnce() {
        assertThat(take(false, external("crm.contacts", "3 years."))).isEqualTo(new ImportReceipt(1, 0, 0, 0));
        assertThat(take(false, external("crm.contacts", "3 years."))).isEqualTo(new ImportReceipt(0, 0, 1, 0));
        assertThat(take(false, external("crm.contacts", "4 years."))).isEqualTo(new ImportReceipt(0, 1, 0, 0));
        assertThat(view("crm.contacts"))
                .returns("imported", CatalogEntryView::source)
                .returns("4 years.", CatalogEntryView::retention)
                .returns(Classification.PERSONAL, CatalogEntryView::classification);
    }

    @Test
    void anImportedEntryWinsOverAShippedOneUntilItTellsTheSame() {
        CatalogEntry original = shipped("core.events");
        assertThat(view("core.events")).returns("core", CatalogEntryView::source);
        assertThat(take(false, keptFor(original, "A year."))).isEqualTo(new ImportReceipt(0, 1, 0, 0));
        assertThat(view("core.events"))
                .returns("imported", CatalogEntryView::source)
                .returns("A year.", CatalogEntryView::retention)
                .returns(original.columns(), CatalogEntryView::columns);
        assertThat(take(false, original)).isEqualTo(new ImportReceipt(0, 1, 0, 0));
        assertThat(view("core.events"))
                .returns("core", CatalogEntryView::source)
                .returns(original.retention(), CatalogEntryView::retention);
    }

    /** Neither one that the document leaves out nor one that a later version brings. */
    @Test
    void aShippedColumnIsNeverHidden() throws Exception {
        CatalogEntry original = shipped("core.users");
        CatalogColumn strict = new CatalogColumn("name", "text", "What they are called.", Classification.SECRET);
        CatalogEntry own =
                new CatalogEntry("core.users", DataKind.TABLE, "identity", "People.", false, "Ever.", List.of(strict));

        assertThat(take(false, own)).isEqualTo(new ImportReceipt(0, 1, 0, 0));

        assertThat(view("core.users").columns())
                .contains(strict)
                .extracting(CatalogColumn::name)
                .isEqualTo(original.columns().stream().map(CatalogColumn::name).toList());
        assertThat(take(false, keptFor(original, "Ever."))).isEqualTo(new ImportReceipt(0, 1, 0, 0));
        assertThat(database.<String>in(
                        null, em -> (String) em.createNativeQuery("select content::text from core.catalog_entries")
                                .getSingleResult()))
                .satisfies(content -> assertThat(Json.MAPPER.readTree(content).path("columns"))
                        .isEmpty());
    }

    @Test
    void anExportComesBackUnchanged() {
        take(false, external("crm.contacts", "3 years."), keptFor(shipped("core.events"), "A year."));
        CatalogDocument export = export();
        int size = export.entries().size();

        assertThat(importAll(export, true)).isEqualTo(new ImportReceipt(0, 0, size, 0));
        assertThat(export()).isEqualTo(export);

        // On a platform that has imported nothing yet, it brings what was said otherwise, and only that.
        database.in(null, em -> em.createNativeQuery("delete from core.catalog_entries")
                .executeUpdate());
        assertThat(importAll(export, false)).isEqualTo(new ImportReceipt(1, 1, size - 2, 0));
        assertThat(export()).isEqualTo(export);
    }

    @Test
    void whatADocumentLacksStaysUnlessItReplaces() {
        take(false, external("crm.contacts", "3 years."), keptFor(shipped("core.events"), "A year."));
        assertThat(take(false, external("crm.leads", "1 year."))).isEqualTo(new ImportReceipt(1, 0, 0, 0));
        assertThat(take(true, external("crm.leads", "1 year."))).isEqualTo(new ImportReceipt(0, 0, 1, 2));
        assertThat(view("crm.contacts")).isNull();
        assertThat(view("core.events")).returns("core", CatalogEntryView::source);
    }

    @Test
    void aFaultKeepsEverythingOut() {
        assertThatThrownBy(() -> take(false, external("crm.contacts", "3 years."), external("Not a name", "1 year.")))
                .isInstanceOfSatisfying(Rejection.class, refused -> {
                    assertThat(refused.code()).isEqualTo(CatalogError.INVALID_DOCUMENT);
                    assertThat(refused.details()).singleElement().satisfies(detail -> assertThat(detail.field())
                            .isEqualTo("entries[1].name"));
                });
        assertThat(view("crm.contacts")).isNull();
    }

    @Test
    void theCatalogStaysBounded() {
        CatalogEntry[] many = IntStream.range(0, 1000)
                .mapToObj(i -> external("crm.set_" + i, "1 year."))
                .toArray(CatalogEntry[]::new);
        assertThat(take(false, many).added()).isEqualTo(1000);
        assertThatThrownBy(() -> take(false, external("crm.one_more", "1 year.")))
                .isInstanceOfSatisfying(
                        Rejection.class, refused -> assertThat(refused.code()).isEqualTo(CatalogError.CATALOG_FULL));
        assertThat(take(true, external("crm.one_more", "1 year."))).isEqualTo(new ImportReceipt(1, 0, 0, 1000));
    }

    @Test
    void ofManyAtOnceOneAdds() {
        List<CompletableFuture<ImportReceipt>> imports = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            imports.add(CompletableFuture.supplyAsync(() -> take(false, external("crm.contacts", "3 years."))));
        }
        assertThat(imports.stream().map(CompletableFuture::join))
                .containsExactlyInAnyOrder(
                        new ImportReceipt(1, 0, 0, 0),
                        new ImportReceipt(0, 0, 1, 0),
                        new ImportReceipt(0, 0, 1, 0),
                        new ImportReceipt(0, 0, 1, 0));
    }
}
