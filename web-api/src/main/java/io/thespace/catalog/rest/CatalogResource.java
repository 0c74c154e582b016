package io.thespace.catalog.rest;

import static io.thespace.catalog.CatalogError.CATALOG_FULL;
import static io.thespace.catalog.CatalogError.INVALID_DOCUMENT;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.catalog.CatalogDocument;
import io.thespace.catalog.CatalogEntries;
import io.thespace.catalog.CatalogEntryView;
import io.thespace.catalog.CatalogError;
import io.thespace.catalog.ImportReceipt;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.ReadableResource;
import io.thespace.endpoint.Rehearsed;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tool;
import io.thespace.json.Json;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The data catalog, at {@code /api/control-center/catalog}: descriptions of stored data, with administrators'
 * overrides.
 */
@ApplicationScoped
@Governed
@Path("control-center/catalog")
@Tag(name = "Catalog")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CatalogResource {

    private CatalogEntries entries;
    private CurrentCall call;

    public CatalogResource() {}

    @Inject
    CatalogResource(CatalogEntries entries, CurrentCall call) {
        this.entries = entries;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "Read the data catalog",
            description = "Every table of the platform and of its enabled plugins, and whatever else was"
                    + " imported, by name. `source` tells who says so: `core`, `plugin:` with the plugin's id,"
                    + " or `imported`, which wins over the other two. `classification` is that of the most"
                    + " sensitive column.")
    @Tool("catalog_list")
    @ReadableResource
    public List<CatalogEntryView> list() {
        return entries.list(call.actor());
    }

    @POST
    @Path("import")
    @Operation(
            summary = "Import catalog entries",
            description = "Takes a document that fits `data/catalog.schema.json`, as a whole or not at all. An"
                    + " entry replaces the imported one of its name, and wins over a shipped one; columns"
                    + " that it does not name stay as they were shipped. An entry that tells what was shipped"
                    + " ends what was imported in its place. Entries imported before that the document does"
                    + " not have stay, unless `replace` is true.")
    @Idempotent
    @Rehearsed
    @CatalogError.Refuses({INVALID_DOCUMENT, CATALOG_FULL})
    public ImportReceipt importAll(
            @QueryParam("replace")
                    @DefaultValue("false")
                    @Parameter(description = "Whether to drop imported entries that the document lacks.")
                    boolean replace,
            @Valid CatalogDocument document) {
        return entries.importAll(call.actor(), document, replace);
    }

    @GET
    @Path("export")
    @Operation(
            summary = "Export the data catalog",
            description = "The whole catalog as a file. Importing it where it came from changes nothing;"
                    + " elsewhere it brings what is said otherwise there. Its `ETag` stays the same as long as"
                    + " the catalog does.")
    @APIResponseSchema(CatalogDocument.class)
    public Content export() throws JsonProcessingException {
        byte[] file = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(entries.export(call.actor()));
        return new Content(
                        MediaType.APPLICATION_JSON,
                        file,
                        Map.of(
                                "Content-Disposition",
                                "attachment; filename=\"catalog.json\"",
                                "Cache-Control",
                                "private, no-cache"))
                .tagged();
    }
}
