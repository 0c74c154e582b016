package io.thespace.mcp.rest;

import static io.thespace.mcp.context.ContextError.CONTEXT_CHANGED;
import static io.thespace.mcp.context.ContextError.CONTEXT_NOT_FOUND;
import static io.thespace.mcp.context.ContextError.CONTEXT_TOO_LARGE;
import static io.thespace.mcp.context.ContextError.INVALID_CONTEXT;
import static io.thespace.mcp.context.ContextError.TAG_MISSING;
import static io.thespace.mcp.context.ContextError.TOO_MANY_CONTEXTS;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.ReadableResource;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tagged;
import io.thespace.endpoint.Tool;
import io.thespace.endpoint.VersionTag;
import io.thespace.mcp.context.ContextEntryView;
import io.thespace.mcp.context.ContextError;
import io.thespace.mcp.context.ContextOrder;
import io.thespace.mcp.context.ContextView;
import io.thespace.mcp.context.McpContexts;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/mcp/contexts}: what the caller keeps between calls of tools. */
@ApplicationScoped
@Governed
@Path("mcp/contexts")
@Tag(name = "MCP contexts")
@Requires(role = Role.USER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class McpContextsResource {

    private McpContexts contexts;
    private CurrentCall call;

    public McpContextsResource() {}

    @Inject
    McpContextsResource(McpContexts contexts, CurrentCall call) {
        this.contexts = contexts;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the caller's contexts",
            description = "Those that have not expired, the newest first, without the data of their parts.")
    @Tool("context_list")
    public Page<ContextEntryView> list() {
        return contexts.list(call.actor(), call.page());
    }

    @POST
    @Operation(
            summary = "Add a context",
            description = "Up to 32 parts, of up to 262,144 characters together as JSON. A part with a `schema`"
                    + " must conform to it; the schema has no references and no regular expressions. Without"
                    + " `expires_at` the context expires after a day. A user has up to 100. Pass its id to a"
                    + " tool call as `context_id`: missing arguments are then taken from the parts of the same"
                    + " name.")
    @APIResponse(responseCode = "201")
    @Idempotent
    @ContextError.Refuses({INVALID_CONTEXT, CONTEXT_TOO_LARGE, TOO_MANY_CONTEXTS})
    @Tool("context_add")
    public Tagged<ContextView> create(@Valid ContextOrder order) {
        return tagged(contexts.create(call.actor(), order));
    }

    @GET
    @Path("{context_id}")
    @Operation(
            summary = "Get a context",
            description =
                    "One of the caller's contexts. A change must send the `ETag` of the response as" + " `If-Match`.")
    @ContextError.Refuses(CONTEXT_NOT_FOUND)
    @Tool("context_get")
    @ReadableResource
    public Tagged<ContextView> find(@PathParam("context_id") @Parameter(description = "The context.") UUID contextId) {
        return tagged(contexts.find(call.actor(), contextId));
    }

    @PUT
    @Path("{context_id}")
    @Operation(
            summary = "Replace a context",
            description = "Replaces its parts and its expiry. If the context has changed since the caller read it,"
                    + " the response is 412 and nothing is changed: read it again and repeat the change.")
    @ContextError.Refuses({TAG_MISSING, INVALID_CONTEXT, CONTEXT_TOO_LARGE, CONTEXT_NOT_FOUND, CONTEXT_CHANGED})
    public Tagged<ContextView> change(
            @PathParam("context_id") @Parameter(description = "The context.") UUID contextId,
            @HeaderParam(HttpHeaders.IF_MATCH)
                    @Parameter(description = "The ETag of the context that is to be replaced.", example = "\"0\"")
                    String tag,
            @Valid ContextOrder order) {
        return tagged(contexts.change(call.actor(), contextId, tag, order));
    }

    @DELETE
    @Path("{context_id}")
    @Operation(
            summary = "Delete a context",
            description = "Deletes the context permanently. With `If-Match` only if it still has that version.")
    @ContextError.Refuses({CONTEXT_NOT_FOUND, CONTEXT_CHANGED})
    @Tool("context_delete")
    public void delete(
            @PathParam("context_id") @Parameter(description = "The context.") UUID contextId,
            @HeaderParam(HttpHeaders.IF_MATCH)
                    @Parameter(description = "The ETag of the context that is to be deleted.", example = "\"0\"")
                    String tag) {
        contexts.delete(call.actor(), contextId, tag);
    }

    private static Tagged<ContextView> tagged(ContextView context) {
        return new Tagged<>(context, VersionTag.of(context.version()));
    }
}
