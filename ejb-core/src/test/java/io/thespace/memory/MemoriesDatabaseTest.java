package io.thespace.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Role;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memories on a real PostgreSQL, as the application's role. */
class MemoriesDatabaseTest extends MemoryFixture {

    // What is kept
    // -------------------------------------------------------------------------------------------

    @Test
    void aMemoryIsKeptAsItWasOrdered() {
        Instant from = Instant.parse("2026-01-31T12:00:00.123Z");
        UUID user = UUID.randomUUID();
        MemoryView memory = add(
                ours,
                new MemoryOrder(
                        "  Ada likes tea. ",
                        agent,
                        "preference",
                        new BigDecimal("0.125"),
                        from,
                        from.plusSeconds(1),
                        "chat",
                        read("{\"a\": {\"b\": [1, 2.50, null, \"x\"]}}", ObjectNode.class),
                        new Subject(user, "ada@example.org")));

        MemoryView read = as(ours, memories -> memories.find(ours, memory.id()));

        assertThat(read.content()).isEqualTo("Ada likes tea.");
        assertThat(read.agentId()).isEqualTo(agent);
        assertThat(read.category()).isEqualTo("preference");
        assertThat(read.importance()).isEqualByComparingTo("0.125");
        assertThat(read.validFrom()).isEqualTo(from);
        assertThat(read.validTo()).isEqualTo(from.plusSeconds(1));
        assertThat(read.source()).isEqualTo("chat");
        assertThat(read.metadata().at("/a/b/1").decimalValue()).isEqualByComparingTo("2.5");
        assertThat(read.subject()).isEqualTo(new Subject(user, "ada@example.org"));
        assertThat(read.createdBy()).isEqualTo(ours.userId());
        assertThat(read.createdAt()).isEqualTo(memory.createdAt());
    }

    @Test
    void theSameContentIsKeptOnce() {
        MemoryView first = add(ours, important("Ada  likes\tTEA", "0.9"));

        MemoryReceipt again = as(ours, memories -> memories.create(ours, order("ada likes ｔｅａ ")));

        assertThat(again.duplicate()).isTrue();
        assertThat(again.memory().id()).isEqualTo(first.id());
        assertThat(again.memory().importance()).isEqualByComparingTo("0.9");
        assertThat(as(ours, memories -> memories.create(ours, of(agent, "Ada likes tea")))
                        .duplicate())
                .isFalse();
        assertThat(as(ours, memories -> memories.create(ours, of(other, "Ada likes tea")))
                        .duplicate())
                .isFalse();
        assertThat(as(theirs, memories -> memories.create(theirs, order("Ada likes tea")))
                        .duplicate())
                .isFalse();
    }

    @Test
    void ofManyAtOnceOneIsKept() throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(8);
        try {
            List<Callable<MemoryReceipt>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> as(ours, memories -> memories.create(ours, order("The same."))));
            }
            List<MemoryReceipt> receipts = new ArrayList<>();
            for (Future<MemoryReceipt> receipt : crowd.invokeAll(calls)) {
                receipts.add(receipt.get());
            }
            assertThat(receipts.stream().filter(receipt -> !receipt.duplicate()))
                    .hasSize(1);
            assertThat(receipts.stream().map(receipt -> receipt.memory().id()).distinct())
                    .hasSize(1);
        } finally {
            crowd.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": {\"b\": {\"c\": {\"d\": {\"e\": {\"f\": {\"g\": {\"h\": 1}}}}}}}}",
                "{\"a\": 1e301}",
                "{\"a\": 1e-301}",
            })
    void metadataThatCannotBeStoredIsRefused(String metadata) {
        ObjectNode node = read(metadata, ObjectNode.class);
        refused(
                MemoryError.INVALID_METADATA,
                () -> add(ours, new MemoryOrder("x", null, null, null, null, null, null, node, null)));
    }

    @Test
    void whatCannotBeIsRefused() {
        Instant now = Instant.now();
        refused(MemoryError.INVALID_TIME, () -> add(ours, valid("x", now, now)));
        refused(MemoryError.INVALID_TIME, () -> add(ours, valid("x", null, Instant.EPOCH)));
        refused(MemoryError.INVALID_TIME, () -> add(ours, valid("x", Instant.MIN, null)));
        refused(MemoryError.INVALID_TIME, () -> add(ours, valid("x", now, Instant.MAX)));
        refused(MemoryError.AGENT_UNKNOWN, () -> add(ours, of(UUID.randomUUID(), "x")));
        refused(MemoryError.AGENT_UNKNOWN, () -> add(theirs, of(agent, "x")));
        ObjectNode large = Json.MAPPER.createObjectNode().put("a", "x".repeat(Metadata.MAX_BYTES));
        refused(
                MemoryError.INVALID_METADATA,
                () -> add(ours, new MemoryOrder("x", null, null, null, null, null, null, large, null)));
    }

    // Changes
    // -------------------------------------------------------------------------------------------

    @Test
    void aChangeIsAMergePatch() {
        UUID user = UUID.randomUUID();
        MemoryView memory = add(
                ours,
                new MemoryOrder(
                        "Old",
                        null,
                        "fact",
                        new BigDecimal("0.9"),
                        null,
                        Instant.parse("2030-01-01T00:00:00Z"),
                        "chat",
                        read("{\"a\": {\"b\": 1, \"c\": 2}, \"d\": 3}", ObjectNode.class),
                        new Subject(user, "ada")));

        MemoryView same = changed(ours, memory.id(), "{}");
        assertThat(same.content()).isEqualTo("Old");
        assertThat(same.category()).isEqualTo("fact");
        assertThat(same.validTo()).isEqualTo(memory.validTo());

        MemoryView changed = changed(
                ours,
                memory.id(),
                """
                {"content": "New", "category": null, "importance": null, "valid_to": null, "source": null,
                 "metadata": {"a": {"b": null, "e": 4}}, "subject": {"identifier": null}}
                """);
        assertThat(changed.content()).isEqualTo("New");
        assertThat(changed.category()).isNull();
        assertThat(changed.importance()).isEqualByComparingTo("0.5");
        assertThat(changed.validTo()).isNull();
        assertThat(changed.source()).isNull();
        assertThat(changed.metadata()).isEqualTo(read("{\"a\": {\"c\": 2, \"e\": 4}, \"d\": 3}", ObjectNode.class));
        assertThat(changed.subject()).isEqualTo(new Subject(user, null));

        changed = changed(ours, memory.id(), "{\"metadata\": null, \"subject\": null}");
        assertThat(changed.metadata()).isEmpty();
        assertThat(changed.subject()).isNull();
        assertThat(found(search(ours, "new"))).containsExactly("New");
        assertThat(found(search(ours, "old"))).isEmpty();
    }

    @Test
    void anExportHasEachMemoryOnce() {
        UUID first = add(ours, order("first")).id();
        UUID ended = add(ours, valid("ended", Instant.EPOCH, Instant.EPOCH.plusSeconds(1)))
                .id();
        UUID hidden = add(ours, of(other, "the other agent's")).id();
        add(theirs, order("theirs"));
        assertThat(exported(ours, null)).containsExactly(first, ended, hidden);
        assertThat(exported(ours, first)).containsExactly(ended, hidden);
        assertThat(exported(ours, hidden)).isEmpty();
        assertThat(exported(acting, null)).containsExactly(first, ended);
        assertThat(as(ours, memories -> memories.export(ours, null)).headers()).isEmpty();
    }

    @Test
    void anExportLeadsOn() throws Exception {
        database.sql(("insert into core.memories (id, org_id, content, content_hash, importance, valid_from, metadata,"
                        + " created_at, changed_at) select gen_random_uuid(), '%s', 'm' || n, sha256(('m' || n)::bytea), 0.5,"
                        + " now(), '{}', now(), now() from generate_series(1, %d) n")
                .formatted(ours.orgId(), Memories.EXPORTED + 1));
        List<UUID> part = exported(ours, null);
        assertThat(part).hasSize(Memories.EXPORTED).doesNotHaveDuplicates();
        UUID last = part.get(part.size() - 1);
        assertThat(as(ours, memories -> memories.export(ours, null)).headers())
                .containsEntry("Link", "<?after=" + last + ">; rel=\"next\"");
        assertThat(exported(ours, last)).hasSize(1).doesNotContainAnyElementsOf(part);
    }

    private static List<UUID> exported(Actor actor, UUID after) {
        String lines =
                new String(as(actor, memories -> memories.export(actor, after)).bytes(), StandardCharsets.UTF_8);
        return lines.lines()
                .map(line ->
                        UUID.fromString(read(line, ObjectNode.class).get("id").asText()))
                .toList();
    }

    @Test
    void aTimeMustMakeSense() {
        UUID id = add(ours, order("x")).id();
        refused(MemoryError.INVALID_TIME, () -> changed(ours, id, "{\"valid_to\": \"2000-01-01T00:00:00Z\"}"));
        refused(MemoryError.MEMORY_NOT_FOUND, () -> changed(theirs, id, "{}"));
    }

    @Test
    void aChangeMakesNoSecondOne() {
        add(ours, order("One"));
        UUID two = add(ours, order("Two")).id();
        refused(MemoryError.MEMORY_EXISTS, () -> changed(ours, two, "{\"content\": \"one\"}"));
        assertThat(changed(ours, two, "{\"content\": \"TWO\"}").content()).isEqualTo("TWO");
    }

    @Test
    void whatIsDeletedIsGone() {
        UUID id = add(ours, order("x")).id();
        refused(
                MemoryError.MEMORY_NOT_FOUND,
                () -> as(theirs, memories -> {
                    memories.delete(theirs, id);
                    return null;
                }));
        as(ours, memories -> {
            memories.delete(ours, id);
            return null;
        });
        refused(MemoryError.MEMORY_NOT_FOUND, () -> as(ours, memories -> memories.find(ours, id)));
    }

    // Agents
    // -------------------------------------------------------------------------------------------

    @Test
    void anAgentSeesItsOwnAndTheOrganizationsAndChangesItsOwn() {
        UUID shared = add(ours, order("shared tea")).id();
        UUID others = add(ours, of(other, "other's tea")).id();
        MemoryView own = add(acting, order("own tea"));

        assertThat(own.agentId()).isEqualTo(agent);
        assertThat(contents(acting, ALL)).containsExactly("own tea", "shared tea");
        assertThat(found(search(acting, "tea"))).containsExactlyInAnyOrder("own tea", "shared tea");
        assertThat(contents(ours, ALL)).hasSize(3);
        refused(MemoryError.MEMORY_NOT_FOUND, () -> as(acting, memories -> memories.find(acting, others)));
        refused(MemoryError.MEMORY_NOT_FOUND, () -> changed(acting, others, "{}"));
        refused(MemoryError.AGENT_NOT_AUTHORIZED, () -> changed(acting, shared, "{}"));
        refused(MemoryError.AGENT_NOT_AUTHORIZED, () -> add(acting, of(other, "x")));
        refused(
                MemoryError.AGENT_NOT_AUTHORIZED,
                () -> as(acting, memories -> {
                    memories.delete(acting, shared);
                    return null;
                }));
        BulkDeletionReceipt deleted = as(
                acting,
                memories -> memories.deleteMany(
                        acting, new BulkDeletionOrder(List.of(shared, others, own.id()), null, null, null)));
        assertThat(deleted.deleted()).isEqualTo(1);
        assertThat(contents(ours, ALL)).containsExactly("other's tea", "shared tea");
    }

    // Lists
    // -------------------------------------------------------------------------------------------

    @Test
    void pagesFollowEachOtherAndFiltersNarrow() {
        UUID user = UUID.randomUUID();
        add(ours, important("a", "0.2"));
        add(ours, of(agent, "b"));
        add(ours, about("c", user, "ada"));
        add(ours, new MemoryOrder("d", null, "fact", null, null, null, null, null, null));
        add(theirs, order("e"));

        assertThat(contents(ours, ALL)).containsExactly("d", "c", "b", "a");
        assertThat(contents(theirs, ALL)).containsExactly("e");
        assertThat(contents(ours, new MemoryFilter(agent, null, null, null, null, null, null, false)))
                .containsExactly("b");
        assertThat(contents(ours, new MemoryFilter(null, "fact", null, null, null, null, null, false)))
                .containsExactly("d");
        assertThat(contents(ours, new MemoryFilter(null, null, new BigDecimal("0.5"), null, null, null, null, false)))
                .containsExactly("d", "c", "b");
        assertThat(contents(ours, new MemoryFilter(null, null, null, user, null, null, null, false)))
                .containsExactly("c");
        assertThat(contents(ours, new MemoryFilter(null, null, null, null, "ada", null, null, false)))
                .containsExactly("c");
        refused(
                MemoryError.INVALID_IMPORTANCE,
                () -> contents(ours, new MemoryFilter(null, null, BigDecimal.TEN, null, null, null, null, false)));
    }

    @Test
    void whatDoesNotHoldIsNotFoundUnlessForItsTime() {
        Instant then = Instant.parse("2020-01-01T00:00:00Z");
        UUID past = add(ours, valid("past tea", then, then.plusSeconds(10))).id();
        add(ours, valid("future tea", Instant.parse("2999-01-01T00:00:00Z"), null));
        add(ours, order("present tea"));

        assertThat(contents(ours, ALL)).containsExactly("present tea");
        assertThat(found(search(ours, "tea"))).containsExactly("present tea");
        MemoryFilter asOf = new MemoryFilter(null, null, null, null, null, null, then.plusSeconds(9), false);
        assertThat(contents(ours, asOf)).containsExactly("past tea");
        asOf = new MemoryFilter(null, null, null, null, null, null, then.plusSeconds(10), false);
        assertThat(contents(ours, asOf)).isEmpty();
        MemorySearch search = new MemorySearch("tea", null, null, null, then, null);
        assertThat(found(search(ours, search, searches -> {}))).containsExactly("past tea");
        assertThat(contents(ours, new MemoryFilter(null, null, null, null, null, null, null, true)))
                .hasSize(3);
        assertThat(as(ours, memories -> memories.find(ours, past)).content()).isEqualTo("past tea");
    }

    @Test
    void sinceIsWhenItWasAdded() {
        MemoryView first = add(ours, order("first"));
        Instant boundary = first.createdAt().plusMillis(1);
        while (Instant.now().isBefore(boundary.plusMillis(1))) {
            Thread.onSpinWait();
        }
        add(ours, order("second"));

        assertThat(contents(ours, new MemoryFilter(null, null, null, null, null, boundary, null, false)))
                .containsExactly("second");
        assertThat(contents(ours, new MemoryFilter(null, null, null, null, null, first.createdAt(), null, false)))
                .containsExactly("second", "first");
        assertThat(contents(
                        ours,
                        new MemoryFilter(
                                null, null, null, null, null, Instant.parse("1900-01-01T00:00:00Z"), null, false)))
                .hasSize(2);
    }

    // Many at once
    // -------------------------------------------------------------------------------------------

    @Test
    void manyAreDeletedInBoundedSteps() {
        for (int i = 0; i < 5; i++) {
            add(ours, new MemoryOrder("m" + i, null, "old", null, null, null, null, null, null));
        }
        add(ours, order("stays"));
        add(theirs, new MemoryOrder("theirs", null, "old", null, null, null, null, null, null));
        BulkDeletionOrder.Selection old = new BulkDeletionOrder.Selection(null, "old", null, null, null, null);

        assertThat(deleted(ours, new BulkDeletionOrder(null, old, 3, true)))
                .isEqualTo(new BulkDeletionReceipt(true, 3, 0, true));
        assertThat(deleted(ours, new BulkDeletionOrder(null, old, 3, false)))
                .isEqualTo(new BulkDeletionReceipt(false, 3, 3, true));
        assertThat(deleted(ours, new BulkDeletionOrder(null, old, 3, null)))
                .isEqualTo(new BulkDeletionReceipt(false, 2, 2, false));
        assertThat(contents(ours, ALL)).containsExactly("stays");
        assertThat(contents(theirs, ALL)).containsExactly("theirs");
    }

    @Test
    void aSelectionIsNeeded() {
        BulkDeletionOrder.Selection nothing =
                new BulkDeletionOrder.Selection(null, null, null, null, null, new Subject(null, null));
        BulkDeletionOrder.Selection something = new BulkDeletionOrder.Selection(null, "c", null, null, null, null);
        for (BulkDeletionOrder order : List.of(
                new BulkDeletionOrder(null, null, null, null),
                new BulkDeletionOrder(null, nothing, null, null),
                new BulkDeletionOrder(List.of(UUID.randomUUID()), something, null, null))) {
            refused(MemoryError.INVALID_SELECTION, () -> as(ours, memories -> memories.deleteMany(ours, order)));
        }
    }

    // People and tenants
    // -------------------------------------------------------------------------------------------

    @Test
    void aPersonsDataIsCountedHandedOverAndErased() {
        UUID ada = UUID.randomUUID();
        add(ours, about("one", ada, null));
        add(ours, about("two", null, "ada@example.org"));
        add(ours, about("three", UUID.randomUUID(), "eve@example.org"));
        Actor maker = new Actor(ours.orgId(), ada, Role.GUEST, null, "test", null, null, false);
        add(maker, order("four"));
        add(theirs, about("five", ada, "ada@example.org"));
        PersonalData.Subject subject = new PersonalData.Subject(ada, "ada@example.org");

        assertThat(counts(data -> data.count(ours, subject))).isEqualTo(Map.of("core.memories", 3L));
        List<String> exported = new ArrayList<>();
        people(data -> {
            data.export(ours, subject, (store, row) -> exported.add(((MemoryView) row).content()));
            return null;
        });
        assertThat(exported).containsExactlyInAnyOrder("one", "two", "four");
        assertThat(counts(data -> data.count(ours, new PersonalData.Subject(null, "ada@example.org"))))
                .isEqualTo(Map.of("core.memories", 1L));
        assertThat(counts(data -> data.erase(ours, subject, 2))).isEqualTo(Map.of("core.memories", 2L));
        assertThat(counts(data -> data.erase(ours, subject, 2))).isEqualTo(Map.of("core.memories", 1L));
        assertThat(counts(data -> data.erase(ours, subject, 2))).isEmpty();
        assertThat(counts(data -> data.count(ours, subject))).isEmpty();
        assertThat(contents(ours, ALL)).containsExactly("four", "three");
        assertThat(contents(theirs, ALL)).containsExactly("five");
    }

    private Map<String, Long> counts(Function<PersonalData, Map<String, Long>> work) {
        return people(work);
    }

    private <T> T people(Function<PersonalData, T> work) {
        return database.in(ours.orgId(), em -> {
            MemoryPersonalData people = new MemoryPersonalData();
            people.em = em;
            return work.apply(people);
        });
    }

    /** Row-level security holds when a query forgets its predicate, and in the functions that run as the owner. */
    @Test
    void aQueryWithoutAPredicateShowsNothingOfOthers() throws Exception {
        add(ours, order("our secret"));
        long visible = database.in(theirs.orgId(), em -> em.createQuery("select count(m) from Memory m", Long.class)
                .getSingleResult());
        assertThat(visible).isZero();
        for (String function : List.of("memories_by_words", "memories_by_trigrams")) {
            String sql = "select count(*) from core." + function + "('secret', null, null, null, null, now(), 10)";
            assertThat(counted(ours.orgId(), sql)).as(function).isEqualTo(1);
            assertThat(counted(theirs.orgId(), sql)).as(function).isZero();
            assertThat(counted(null, sql)).as(function).isZero();
        }
    }

    private static long counted(UUID orgId, String sql) throws Exception {
        try (Connection connection = database.application().getConnection();
                Statement statement = connection.createStatement()) {
            if (orgId != null) {
                statement.execute("set app.org_id = '" + orgId + "'");
            }
            try (ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
