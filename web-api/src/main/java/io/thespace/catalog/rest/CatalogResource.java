package io.thespace.catalog.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.catalog.CatalogColumn;
import io.thespace.catalog.CatalogDocument;
import io.thespace.catalog.CatalogEntries;
import io.thespace.catalog.CatalogEntry;
import io.thespace.catalog.CatalogEntryView;
import io.thespace.catalog.CatalogError;
import io.thespace.catalog.Classification;
import io.thespace.catalog.DataKind;
import io.thespace.catalog.ImportReceipt;
import io.thespace.endpoint.Resource;
import io.thespace.json.Json;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Which data are kept, what they mean, and what administrators say of them. */
@ApplicationScoped
class CatalogResource implements Resource {

    private static final List<CatalogColumn> COLUMNS = List.of(
            new CatalogColumn("id", "text of the CRM's", "The contact.", Classification.PERSONAL),
            new CatalogColumn(
                    "email", "email address", "Where the contact reads their mail.", Classification.PERSONAL));

    private static final String ABOUT = "The people at our customers.";
    private static final String RETENTION = "Deleted 3 years after the last contact.";

    private static final CatalogDocument DOCUMENT = new CatalogDocument(
            null,
            List.of(new CatalogEntry("crm.contacts", DataKind.EXTERNAL, "Sales", ABOUT, false, RETENTION, COLUMNS)));

    private CatalogEntries entries;

    CatalogResource() {}

    @Inject
    CatalogResource(CatalogEntries entries) {
        this.entries = entries;
    }

    @Override
    public String group() {
        return "Catalog";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/control-center/catalog")
                        .summary("Read the data catalog")
                        .description("Every table of the platform and of its enabled plugins, and whatever else was"
                                + " imported, by name. `source` tells who says so: `core`, `plugin:` with the plugin's id,"
                                + " or `imported`, which wins over the other two. `classification` is that of the most"
                                + " sensitive column.")
                        .role(Role.ADMIN)
                        .answersList(
                                CatalogEntryView.class,
                                new CatalogEntryView(
                                        "crm.contacts",
                                        "imported",
                                        DataKind.EXTERNAL,
                                        "Sales",
                                        ABOUT,
                                        Classification.PERSONAL,
                                        false,
                                        RETENTION,
                                        COLUMNS))
                        .handler(call -> entries.list(call.actor())),
                Endpoint.post("/control-center/catalog/import")
                        .body(CatalogDocument.class, DOCUMENT)
                        .summary("Import catalog entries")
                        .description(
                                "Takes a document that fits `data/catalog.schema.json`, as a whole or not at all. An"
                                        + " entry replaces the imported one of its name, and wins over a shipped one; columns"
                                        + " that it does not name stay as they were shipped. An entry that tells what was shipped"
                                        + " ends what was imported in its place. Entries imported before that the document does"
                                        + " not have stay, unless `replace` is true.")
                        .query("replace", Boolean.class, "Whether to drop imported entries that the document lacks.")
                        .role(Role.ADMIN)
                        .answers(ImportReceipt.class, new ImportReceipt(1, 0, 0, 0))
                        .refuses(CatalogError.INVALID_DOCUMENT, CatalogError.CATALOG_FULL)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> entries.importAll(
                                call.actor(),
                                call.body(),
                                call.query("replace", Boolean.class).orElse(false))),
                Endpoint.get("/control-center/catalog/export")
                        .summary("Export the data catalog")
                        .description("The whole catalog as a file. Importing it where it came from changes nothing;"
                                + " elsewhere it brings what is said otherwise there. Its `ETag` stays the same as long as"
                                + " the catalog does.")
                        .role(Role.ADMIN)
                        .answers(CatalogDocument.class, DOCUMENT)
                        .handler(this::export));
    }

    private Content export(Call<Void> call) throws JsonProcessingException {
        byte[] file = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(entries.export(call.actor()));
        return new Content(
                        "application/json",
                        file,
                        Map.of(
                                "Content-Disposition",
                                "attachment; filename=\"catalog.json\"",
                                "Cache-Control",
                                "private, no-cache"))
                .tagged();
    }
}
