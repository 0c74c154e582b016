package io.thespace.hub.rest;

import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Open;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/asyncapi}: the hub's frames as an AsyncAPI document. */
@ApplicationScoped
@Governed
@Path("asyncapi")
@Tag(name = "Hub documentation")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AsyncApiResource {

    private final Content document = read();

    public AsyncApiResource() {}

    private static Content read() {
        try (InputStream in = AsyncApiResource.class.getResourceAsStream("asyncapi.json")) {
            return new Content("application/json", in.readAllBytes(), Map.of("Cache-Control", "no-cache")).tagged();
        } catch (IOException e) {
            throw new UncheckedIOException("The AsyncAPI document cannot be read", e);
        }
    }

    @GET
    @Operation(
            summary = "AsyncAPI document",
            description = "The WebSocket at `/api/v1/ws` and all of its frames, as AsyncAPI 3.0 in JSON.")
    @APIResponse(
            responseCode = "200",
            content =
                    @org.eclipse.microprofile.openapi.annotations.media.Content(example = "{\"asyncapi\": \"3.0.0\"}"))
    @Open(setting = "SPACE_DOCS_PUBLIC")
    @Requires(role = Role.GUEST)
    public Content document() {
        return document;
    }
}
