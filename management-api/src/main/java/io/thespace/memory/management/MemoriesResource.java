package io.thespace.memory.management;

import static io.thespace.memory.MemoryError.AGENT_NOT_AUTHORIZED;
import static io.thespace.memory.MemoryError.AGENT_UNKNOWN;
import static io.thespace.memory.MemoryError.INVALID_IMPORTANCE;
import static io.thespace.memory.MemoryError.INVALID_METADATA;
import static io.thespace.memory.MemoryError.INVALID_SELECTION;
import static io.thespace.memory.MemoryError.INVALID_TIME;
import static io.thespace.memory.MemoryError.MEMORY_EXISTS;
import static io.thespace.memory.MemoryError.MEMORY_NOT_FOUND;
import static io.thespace.plugin.api.Permission.MEMORY_BULK_EXPORT;
import static io.thespace.plugin.api.Permission.MEMORY_DELETE;
import static io.thespace.plugin.api.Permission.MEMORY_READ;
import static io.thespace.plugin.api.Permission.MEMORY_WRITE;

import io.thespace.endpoint.Counts;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.ReadableResource;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tool;
import io.thespace.memory.BulkDeletionOrder;
import io.thespace.memory.BulkDeletionReceipt;
import io.thespace.memory.Memories;
import io.thespace.memory.MemoryChange;
import io.thespace.memory.MemoryError;
import io.thespace.memory.MemoryOrder;
import io.thespace.memory.MemoryReceipt;
import io.thespace.memory.MemorySearch;
import io.thespace.memory.MemorySearchView;
import io.thespace.memory.MemorySearches;
import io.thespace.memory.MemoryView;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /management/v1/memories}. */
@ApplicationScoped
@Governed
@Path("v1/memories")
@Tag(name = "Memories")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MemoriesResource {

    private Memories memories;
    private MemorySearches searches;
    private CurrentCall call;

    public MemoriesResource() {}

    @Inject
    MemoriesResource(Memories memories, MemorySearches searches, CurrentCall call) {
        this.memories = memories;
        this.searches = searches;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List memories",
            description =
                    "The newest first; without what does not hold now. An agent's own token sees its own memories and"
                            + " the organization's.")
    @Requires(MEMORY_READ)
    @MemoryError.Refuses({INVALID_IMPORTANCE, INVALID_TIME})
    @Tool("memory_list")
    public Page<MemoryView> list(@BeanParam MemoriesQuery query) {
        return memories.list(call.actor(), query.filter(), call.page());
    }

    @POST
    @Operation(
            summary = "Add a memory",
            description =
                    "Of the agent `agent_id`, or of the whole organization; an agent's own token adds to its own. The"
                            + " same content again (letter case and white space aside) adds nothing: the answer is the memory that is"
                            + " there, and `duplicate` is true.")
    @APIResponse(responseCode = "201")
    @Requires(MEMORY_WRITE)
    @Idempotent
    @MemoryError.Refuses({AGENT_NOT_AUTHORIZED, INVALID_TIME, INVALID_METADATA, AGENT_UNKNOWN, MEMORY_EXISTS})
    @Tool("memory_add")
    public MemoryReceipt create(@Valid MemoryOrder order) {
        return memories.create(call.actor(), order);
    }

    @POST
    @Path("search")
    @Operation(
            summary = "Search memories",
            description =
                    "Full text (all words; `\"a phrase\"`, `or`, `-without`) and likeness by trigrams, and by meaning"
                            + " where an embeddings model is configured, fused by their ranks; importance and recency decide between"
                            + " what fits about as well. Each hit says what its score is made of; `lists` says whether there was more"
                            + " than was looked at.")
    @Requires(MEMORY_READ)
    @Counts(LimitClass.READ)
    @MemoryError.Refuses(INVALID_TIME)
    @Tool("memory_search")
    public MemorySearchView search(@Valid MemorySearch search) {
        return searches.search(call.actor(), search);
    }

    @POST
    @Path("bulk-delete")
    @Operation(
            summary = "Delete many memories",
            description = "By `ids`, or by a `filter` of which all members must fit; up to `most` in a call, the oldest"
                    + " first. While `more` is true, another call has something to do. With `dry_run` nothing is deleted. An"
                    + " agent's own token deletes its own only.")
    @Requires(MEMORY_DELETE)
    @Idempotent
    @MemoryError.Refuses({INVALID_SELECTION, INVALID_TIME})
    public BulkDeletionReceipt deleteMany(@Valid BulkDeletionOrder order) {
        return memories.deleteMany(call.actor(), order);
    }

    @GET
    @Path("export")
    @Produces("application/x-ndjson")
    @Operation(
            summary = "Export memories",
            description =
                    "All of them, the oldest first, also what does not hold now: one memory in each line (NDJSON), up"
                            + " to 500 in an answer. `Link` with `rel=\"next\"` leads on; `after` the last memory that one has does,"
                            + " too, so an export that broke off goes on there. An agent's own token gets its own memories and the"
                            + " organization's.")
    @Requires(MEMORY_BULK_EXPORT)
    public Content export(
            @QueryParam("after")
                    @Parameter(description = "The last memory that one has; from the beginning without it.")
                    UUID after) {
        return memories.export(call.actor(), after);
    }

    @GET
    @Path("{memory_id}")
    @Operation(summary = "Get a memory", description = "Whether it holds now or not.")
    @Requires(MEMORY_READ)
    @MemoryError.Refuses(MEMORY_NOT_FOUND)
    @Tool("memory_get")
    @ReadableResource
    public MemoryView find(@PathParam("memory_id") @Parameter(description = "The memory.") UUID memoryId) {
        return memories.find(call.actor(), memoryId);
    }

    @PATCH
    @Path("{memory_id}")
    @Operation(
            summary = "Change a memory",
            description =
                    "A JSON merge patch (RFC 7396): what is left out stays; null clears. Content and valid_from cannot"
                            + " be cleared; without an importance it has 0.5.")
    @Requires(MEMORY_WRITE)
    @MemoryError.Refuses({MEMORY_NOT_FOUND, AGENT_NOT_AUTHORIZED, INVALID_TIME, INVALID_METADATA, MEMORY_EXISTS})
    @Tool("memory_change")
    public MemoryView change(
            @PathParam("memory_id") @Parameter(description = "The memory.") UUID memoryId, @Valid MemoryChange change) {
        return memories.change(call.actor(), memoryId, change);
    }

    @DELETE
    @Path("{memory_id}")
    @Operation(summary = "Delete a memory", description = "For ever. To end it and keep it, set valid_to.")
    @Requires(MEMORY_DELETE)
    @MemoryError.Refuses({MEMORY_NOT_FOUND, AGENT_NOT_AUTHORIZED})
    @Tool("memory_delete")
    public void delete(@PathParam("memory_id") @Parameter(description = "The memory.") UUID memoryId) {
        memories.delete(call.actor(), memoryId);
    }
}
