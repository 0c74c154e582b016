package io.thespace.memory.management;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.ManagementResource;
import io.thespace.memory.BulkDeletionOrder;
import io.thespace.memory.BulkDeletionReceipt;
import io.thespace.memory.Memories;
import io.thespace.memory.MemoryChange;
import io.thespace.memory.MemoryError;
import io.thespace.memory.MemoryFilter;
import io.thespace.memory.MemoryOrder;
import io.thespace.memory.MemoryReceipt;
import io.thespace.memory.MemorySearch;
import io.thespace.memory.MemorySearchView;
import io.thespace.memory.MemorySearchView.ContributionView;
import io.thespace.memory.MemorySearchView.HitView;
import io.thespace.memory.MemorySearchView.ListView;
import io.thespace.memory.MemoryView;
import io.thespace.memory.Subject;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /management/v1/memories}. */
@ApplicationScoped
class MemoriesResource implements ManagementResource {

    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");
    private static final ObjectNode METADATA =
            JsonNodeFactory.instance.objectNode().put("ticket", 4711);
    private static final Subject ADA = new Subject(null, "ada@example.org");

    private static final MemoryView MEMORY = new MemoryView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e50"),
            null,
            "Ada prefers to be called in the morning.",
            "preference",
            new BigDecimal("0.8"),
            CREATED,
            null,
            "support",
            METADATA,
            ADA,
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            CREATED,
            CREATED);

    @SuppressWarnings("NullOptional") // null is what a merge patch leaves out
    private static final MemoryChange CHANGE = new MemoryChange(
            null,
            null,
            Optional.of(new BigDecimal("0.4")),
            null,
            Optional.of(Instant.parse("2027-01-31T12:00:00Z")),
            null,
            null,
            null);

    private static final MemorySearchView FOUND = new MemorySearchView(
            List.of(new HitView(
                    MEMORY,
                    0.0409836,
                    List.of(
                            new ContributionView("full_text", 1, 0.0625, 1, 0.0163934),
                            new ContributionView("trigram", 1, 1, 1, 0.0163934),
                            new ContributionView("importance", 1, 0.8, 0.25, 0.0040984),
                            new ContributionView("recency", 1, 1769860800, 0.25, 0.0040984)))),
            List.of(new ListView("full_text", 1, true, null), new ListView("trigram", 1, true, null)));

    @Inject
    Memories memories;

    @Override
    public String group() {
        return "Memories";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/v1/memories")
                        .summary("List memories")
                        .description("The newest first; without what does not hold now. An agent's own token sees its"
                                + " own memories and the organization's.")
                        .query("agent_id", UUID.class, "Only those of this agent.")
                        .query("category", String.class, "Only those of this category.")
                        .query("min_importance", BigDecimal.class, "Only those of at least this importance, 0 to 1.")
                        .query("subject_user_id", UUID.class, "Only those about this user.")
                        .query("subject", String.class, "Only those about whom goes by this identifier.")
                        .query("since", Instant.class, "Only those added then or later.")
                        .query("as_of", Instant.class, "Those that held then, instead of those that hold now.")
                        .query("include_expired", Boolean.class, "Whether to list also those that do not hold.")
                        .permission(Permission.MEMORY_READ)
                        .answersPage(MemoryView.class, MEMORY)
                        .refuses(MemoryError.INVALID_IMPORTANCE, MemoryError.INVALID_TIME)
                        .handler(call -> memories.list(
                                call.actor(),
                                new MemoryFilter(
                                        call.query("agent_id", UUID.class).orElse(null),
                                        call.query("category", String.class).orElse(null),
                                        call.query("min_importance", BigDecimal.class)
                                                .orElse(null),
                                        call.query("subject_user_id", UUID.class)
                                                .orElse(null),
                                        call.query("subject", String.class).orElse(null),
                                        call.query("since", Instant.class).orElse(null),
                                        call.query("as_of", Instant.class).orElse(null),
                                        call.query("include_expired", Boolean.class)
                                                .orElse(false)),
                                call.page())),
                Endpoint.post("/v1/memories")
                        .body(
                                MemoryOrder.class,
                                new MemoryOrder(
                                        "Ada prefers to be called in the morning.",
                                        null,
                                        "preference",
                                        new BigDecimal("0.8"),
                                        null,
                                        null,
                                        "support",
                                        METADATA,
                                        ADA))
                        .summary("Add a memory")
                        .description("Of the agent `agent_id`, or of the whole organization; an agent's own token adds"
                                + " to its own. The same content again (letter case and white space aside) adds nothing:"
                                + " the answer is the memory that is there, and `duplicate` is true.")
                        .permission(Permission.MEMORY_WRITE)
                        .idempotent()
                        .creates(MemoryReceipt.class, new MemoryReceipt(MEMORY, false))
                        .refuses(
                                MemoryError.AGENT_NOT_AUTHORIZED,
                                MemoryError.INVALID_TIME,
                                MemoryError.INVALID_METADATA,
                                MemoryError.AGENT_UNKNOWN,
                                MemoryError.MEMORY_EXISTS)
                        .handler(call -> memories.create(call.actor(), call.body())),
                Endpoint.post("/v1/memories/search")
                        .body(MemorySearch.class, new MemorySearch("morning call", null, null, null, null, 10))
                        .summary("Search memories")
                        .description("Full text (all words; `\"a phrase\"`, `or`, `-without`) and likeness by trigrams,"
                                + " and by meaning where an embeddings model is configured, fused by their ranks; importance and recency decide between what fits about as well."
                                + " Each hit says what its score is made of; `lists` says whether there was more than"
                                + " was looked at.")
                        .permission(Permission.MEMORY_READ)
                        .limit(LimitClass.READ)
                        .answers(MemorySearchView.class, FOUND)
                        .refuses(MemoryError.INVALID_TIME)
                        .handler(call -> memories.search(call.actor(), call.body())),
                Endpoint.post("/v1/memories/bulk-delete")
                        .body(
                                BulkDeletionOrder.class,
                                new BulkDeletionOrder(
                                        null,
                                        new BulkDeletionOrder.Selection(null, null, null, null, null, ADA),
                                        100,
                                        true))
                        .summary("Delete many memories")
                        .description("By `ids`, or by a `filter` of which all members must fit; up to `most` in a call,"
                                + " the oldest first. While `more` is true, another call has something to do. With"
                                + " `dry_run` nothing is deleted. An agent's own token deletes its own only.")
                        .permission(Permission.MEMORY_DELETE)
                        .idempotent()
                        .answers(BulkDeletionReceipt.class, new BulkDeletionReceipt(true, 1, 0, false))
                        .refuses(MemoryError.INVALID_SELECTION, MemoryError.INVALID_TIME)
                        .handler(call -> memories.deleteMany(call.actor(), call.body())),
                Endpoint.get("/v1/memories/export")
                        .summary("Export memories")
                        .description("All of them, the oldest first, also what does not hold now: one memory in each"
                                + " line (NDJSON), up to 500 in an answer. `Link` with `rel=\"next\"` leads on; `after`"
                                + " the last memory that one has does, too, so an export that broke off goes on there."
                                + " An agent's own token gets its own memories and the organization's.")
                        .query("after", UUID.class, "The last memory that one has; from the beginning without it.")
                        .permission(Permission.MEMORY_BULK_EXPORT)
                        .answersContent("application/x-ndjson")
                        .handler(call -> memories.export(
                                call.actor(), call.query("after", UUID.class).orElse(null))),
                Endpoint.get("/v1/memories/{memory_id}")
                        .summary("Get a memory")
                        .description("Whether it holds now or not.")
                        .path("memory_id", UUID.class, "The memory.")
                        .permission(Permission.MEMORY_READ)
                        .answers(MemoryView.class, MEMORY)
                        .refuses(MemoryError.MEMORY_NOT_FOUND)
                        .handler(call -> memories.find(call.actor(), call.path("memory_id", UUID.class))),
                Endpoint.patch("/v1/memories/{memory_id}")
                        .body(MemoryChange.class, CHANGE)
                        .summary("Change a memory")
                        .description("A JSON merge patch (RFC 7396): what is left out stays; null clears. Content and"
                                + " valid_from cannot be cleared; without an importance it has 0.5.")
                        .path("memory_id", UUID.class, "The memory.")
                        .permission(Permission.MEMORY_WRITE)
                        .answers(MemoryView.class, MEMORY)
                        .refuses(
                                MemoryError.MEMORY_NOT_FOUND,
                                MemoryError.AGENT_NOT_AUTHORIZED,
                                MemoryError.INVALID_TIME,
                                MemoryError.INVALID_METADATA,
                                MemoryError.MEMORY_EXISTS)
                        .handler(
                                call -> memories.change(call.actor(), call.path("memory_id", UUID.class), call.body())),
                Endpoint.delete("/v1/memories/{memory_id}")
                        .summary("Delete a memory")
                        .description("For ever. To end it and keep it, set valid_to.")
                        .path("memory_id", UUID.class, "The memory.")
                        .permission(Permission.MEMORY_DELETE)
                        .refuses(MemoryError.MEMORY_NOT_FOUND, MemoryError.AGENT_NOT_AUTHORIZED)
                        .handler(call -> {
                            memories.delete(call.actor(), call.path("memory_id", UUID.class));
                            return null;
                        }));
    }
}
