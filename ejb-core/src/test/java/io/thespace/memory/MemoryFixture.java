package io.thespace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.TestDatabase;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Two organizations, one with two agents, on a real PostgreSQL as the application's role. */
abstract class MemoryFixture {

    static TestDatabase database;

    Actor ours;
    Actor theirs;
    UUID agent;
    UUID other;
    Actor acting;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(Memory.class, Class.forName("io.thespace.agent.Agent"));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void organizations() throws Exception {
        ours = actor(organization(), null);
        theirs = actor(organization(), null);
        agent = agent(ours.orgId());
        other = agent(ours.orgId());
        acting = actor(ours.orgId(), agent);
    }

    static UUID organization() throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(id));
        return id;
    }

    static UUID agent(UUID orgId) throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.agents (id, org_id, name, model, status, created_by, created_at, changed_at)"
                + " values ('%s', '%s', 'a', 'm', 'active', '%s', now(), now())".formatted(id, orgId, id));
        return id;
    }

    static Actor actor(UUID orgId, UUID agentId) {
        return new Actor(
                orgId, UUID.randomUUID(), Role.GUEST, null, "test", null, null, false, agentId, Set.of(), null);
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    static <T> T as(Actor actor, Function<Memories, T> work) {
        return database.in(actor.orgId(), em -> {
            Memories memories = new Memories();
            memories.em = em;
            return work.apply(memories);
        });
    }

    static MemoryOrder order(String content) {
        return new MemoryOrder(content, null, null, null, null, null, null, null, null);
    }

    static MemoryOrder of(UUID agentId, String content) {
        return new MemoryOrder(content, agentId, null, null, null, null, null, null, null);
    }

    static MemoryOrder important(String content, String importance) {
        // Of one time: two that are added in different seconds are told apart by recency, which weighs as much.
        return new MemoryOrder(content, null, null, new BigDecimal(importance), Instant.EPOCH, null, null, null, null);
    }

    static MemoryOrder valid(String content, Instant from, Instant to) {
        return new MemoryOrder(content, null, null, null, from, to, null, null, null);
    }

    static MemoryOrder about(String content, UUID userId, String identifier) {
        return new MemoryOrder(content, null, null, null, null, null, null, null, new Subject(userId, identifier));
    }

    static MemoryView add(Actor actor, MemoryOrder order) {
        return as(actor, memories -> memories.create(actor, order)).memory();
    }

    static BulkDeletionReceipt deleted(Actor actor, BulkDeletionOrder order) {
        return as(actor, memories -> memories.deleteMany(actor, order));
    }

    static MemoryView changed(Actor actor, UUID id, String patch) {
        MemoryChange change = read(patch, MemoryChange.class);
        return as(actor, memories -> memories.change(actor, id, change));
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return Json.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    static final MemoryFilter ALL = new MemoryFilter(null, null, null, null, null, null, null, false);

    static List<String> contents(Actor actor, MemoryFilter filter) {
        List<String> contents = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Optional<String> from = after;
            Page<MemoryView> page = as(actor, memories -> memories.list(actor, filter, new PageRequest(2, from)));
            page.items().forEach(memory -> contents.add(memory.content()));
            after = Optional.ofNullable(page.nextKey());
        } while (after.isPresent());
        return contents;
    }

    static MemorySearchView search(Actor actor, String query) {
        return search(actor, new MemorySearch(query, null, null, null, null, null), searches -> {});
    }

    /** @param change what is different for this search */
    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    static MemorySearchView search(Actor actor, MemorySearch search, Consumer<MemorySearches> change) {
        return database.in(actor.orgId(), em -> {
            MemorySearches searches = new MemorySearches();
            searches.em = em;
            searches.embeddings = new Embeddings();
            change.accept(searches);
            return searches.search(actor, search);
        });
    }

    static List<String> found(MemorySearchView view) {
        return view.items().stream().map(hit -> hit.memory().content()).toList();
    }

    static void refused(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                .isEqualTo(code));
    }
}
