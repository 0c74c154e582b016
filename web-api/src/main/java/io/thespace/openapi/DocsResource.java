package io.thespace.openapi;

import static io.thespace.openapi.DocsError.UNKNOWN_FILE;

import io.thespace.endpoint.Family;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Open;
import io.thespace.endpoint.ReadableResource;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/openapi} and {@code /api/docs}. */
@ApplicationScoped
@Governed
@Path("")
@Tag(name = "Documentation")
@Open(setting = "SPACE_DOCS_PUBLIC")
@Requires(role = Role.GUEST)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DocsResource {

    private Documentation documentation;

    public DocsResource() {}

    @Inject
    DocsResource(Documentation documentation) {
        this.documentation = documentation;
    }

    @GET
    @Path("openapi")
    @Operation(
            summary = "OpenAPI document",
            description = "Every endpoint that answers now, those of plugins included, as OpenAPI 3.1 in JSON.")
    @ReadableResource
    public Content document() {
        return documentation.json(Family.PLATFORM);
    }

    @GET
    @Path("openapi.json")
    @Operation(summary = "OpenAPI document as JSON", description = "The same as `/api/openapi`.")
    public Content json() {
        return documentation.json(Family.PLATFORM);
    }

    @GET
    @Path("openapi.yaml")
    @Produces("application/yaml")
    @Operation(summary = "OpenAPI document as YAML", description = "The same as `/api/openapi`, in YAML.")
    public Content yaml() {
        return documentation.yaml(Family.PLATFORM);
    }

    @GET
    @Path("docs")
    @Produces(MediaType.TEXT_HTML)
    @Operation(
            summary = "Documentation to read and try",
            description = "Swagger UI over `/api/openapi`; a page for people.")
    public Content page() {
        return documentation.page();
    }

    @GET
    @Path("docs/{file}")
    @Produces(MediaType.WILDCARD)
    @Operation(
            summary = "A file of the documentation page",
            description = "The scripts, styles and images of `/api/docs`.")
    @DocsError.Refuses(UNKNOWN_FILE)
    public Content file(
            @PathParam("file") @Parameter(description = "The file's name.", example = "docs.css") String name) {
        return documentation.asset(name);
    }
}
