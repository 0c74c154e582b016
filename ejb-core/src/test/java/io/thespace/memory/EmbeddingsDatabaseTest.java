package io.thespace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.TestDatabase;
import io.thespace.memory.EmbeddingQueue.Due;
import io.thespace.memory.EmbeddingQueue.Text;
import io.thespace.memory.MemorySearchView.ListView;
import io.thespace.migration.MigrationsAccess;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Embeddings of memories on a real PostgreSQL. The embedded one has no pgvector: tests that need it are skipped, unless
 * the system property {@code ot.epg.working-dir} names a folder with binaries that include it.
 */
class EmbeddingsDatabaseTest {

    private static final String TRIGGERS =
            """
            drop trigger if exists added on core.memories;
            drop trigger if exists reworded on core.memories;
            create trigger added after insert on core.memories
                for each row execute function core.await_embedding();
            create trigger reworded after update of content_hash on core.memories
                for each row when (old.content_hash <> new.content_hash) execute function core.await_embedding();
            """;

    private static TestDatabase database;

    private Model model;
    private Embeddings embeddings;
    private Actor ours;
    private Actor theirs;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(Memory.class, Class.forName("io.thespace.agent.Agent"));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void twoOrganizations() throws Exception {
        model = new Model();
        embeddings = new Embeddings();
        database.sql("truncate core.organizations cascade");
        database.sql(TRIGGERS);
        ours = organization();
        theirs = organization();
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static Actor organization() throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('" + id + "', 'Acme', now())");
        return new Actor(id, UUID.randomUUID(), Role.GUEST, null, "test", null, null, false, null, Set.of(), null);
    }

    private Configuration configuration(String name, int dimensions) {
        return Configuration.read(Map.of(
                Key.DATABASE_URL.name(), database.url(),
                Key.EMBEDDINGS_URL.name(), model.url(),
                Key.EMBEDDINGS_MODEL.name(), name,
                Key.EMBEDDINGS_DIMENSIONS.name(), String.valueOf(dimensions))::get);
    }

    private static boolean hasPgvector() throws Exception {
        return !query("select 1 from pg_available_extensions where name = 'vector'")
                .isEmpty();
    }

    private void withPgvector() throws Exception {
        assumeThat(hasPgvector()).as("PostgreSQL has pgvector").isTrue();
        open("small", 4);
    }

    private void open(String name, int dimensions) {
        Configuration configuration = configuration(name, dimensions);
        embeddings.open(configuration, MigrationsAccess.of(configuration), Thread::new);
    }

    private static List<String> query(String sql) throws Exception {
        try (Connection owner = database.owner();
                Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    private <T> T as(Actor actor, Function<Memories, T> work) {
        return database.in(actor.orgId(), em -> {
            Memories memories = new Memories();
            memories.em = em;
            return work.apply(memories);
        });
    }

    private UUID add(Actor actor, String content) {
        MemoryOrder order = new MemoryOrder(content, null, null, null, null, null, null, null, null);
        return as(actor, memories -> memories.create(actor, order)).memory().id();
    }

    @SuppressWarnings("NullOptional") // null is what a merge patch leaves out
    private void reword(UUID id, String content) {
        MemoryChange change = new MemoryChange(Optional.of(content), null, null, null, null, null, null, null);
        as(ours, memories -> memories.change(ours, id, change));
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    private MemorySearchView search(Actor actor, String query) {
        return database.in(actor.orgId(), em -> {
            MemorySearches searches = new MemorySearches();
            searches.em = em;
            searches.embeddings = embeddings;
            return searches.search(actor, new MemorySearch(query, null, null, null, null, null));
        });
    }

    private List<String> found(Actor actor, String query) {
        return search(actor, query).items().stream()
                .filter(hit ->
                        hit.contributions().stream().anyMatch(c -> !c.ranking().equals("embedding") || c.value() > 0.9))
                .filter(hit ->
                        hit.contributions().stream().noneMatch(c -> c.ranking().equals("embedding") && c.value() < 0.9))
                .map(hit -> hit.memory().content())
                .toList();
    }

    /** Each method a transaction of its own, as the container does it. */
    private static EmbeddingQueue queue() {
        return new EmbeddingQueue() {
            @Override
            public List<Due> claim(int most) {
                return database.in(null, em -> {
                    EmbeddingQueue queue = new EmbeddingQueue();
                    queue.em = em;
                    return queue.claim(most);
                });
            }

            @Override
            public List<Text> texts(Actor actor, List<UUID> ids) {
                return database.in(actor.orgId(), em -> {
                    EmbeddingQueue queue = new EmbeddingQueue();
                    queue.em = em;
                    return queue.texts(actor, ids);
                });
            }

            @Override
            public void store(Actor actor, Text text, List<Float> vector) {
                database.in(actor.orgId(), em -> {
                    EmbeddingQueue queue = new EmbeddingQueue();
                    queue.em = em;
                    queue.store(actor, text, vector);
                    return null;
                });
            }
        };
    }

    private static List<String> embedded() throws Exception {
        return query("select m.content from core.memory_embeddings e join core.memories m on m.id = e.memory_id"
                + " where e.embedding is not null order by 1");
    }

    @Test
    void withoutPgvectorASearchGoesByWordsAndSaysSo() throws Exception {
        assumeThat(hasPgvector()).as("PostgreSQL has pgvector").isFalse();
        assertThatThrownBy(() -> open("small", 4)).hasMessageContaining("The extension vector (pgvector) is needed");
        add(ours, "a car");

        MemorySearchView view = search(ours, "car");

        assertThat(view.items()).hasSize(1);
        assertThat(view.lists())
                .contains(new ListView("embedding", 0, false, "The database has no pgvector that could be used."));
        assertThat(embeddings.problem()).isPresent();
        assertThat(model.asked).isEmpty();
    }

    @Test
    void withoutAModelNothingIsSaidOfIt() {
        add(ours, "a car");
        assertThat(search(ours, "car").lists()).extracting(ListView::ranking).containsExactly("full_text", "trigram");
    }

    @Test
    void whatAKilledNodeTookIsTakenAgain() throws Exception {
        UUID id = add(ours, "a car");
        assertThat(queue().claim(10)).containsExactly(new Due(ours.orgId(), id));
        assertThat(queue().claim(10)).isEmpty();
        database.sql("update core.memory_embeddings set due_at = now()");
        assertThat(queue().claim(10)).hasSize(1);
        assertThat(query("select attempts || ' ' || (due_at > now() + interval '110 seconds')"
                        + " from core.memory_embeddings"))
                .containsExactly("2 true");
    }

    /** Under plans that look a subquery up again for each row, too. */
    @Test
    void noMoreAreTakenAtOnceThanAsked() throws Exception {
        for (int i = 0; i < 5; i++) {
            add(ours, "car " + i);
        }
        List<Due> taken = database.in(null, em -> {
            for (String plan : List.of("hashjoin", "mergejoin", "hashagg", "sort", "material", "memoize")) {
                em.createNativeQuery("set local enable_" + plan + " = off").executeUpdate();
            }
            EmbeddingQueue queue = new EmbeddingQueue();
            queue.em = em;
            return queue.claim(2);
        });
        assertThat(taken).hasSize(2);
    }

    @Test
    void aVectorOfAnOlderWordingIsNotKept() throws Exception {
        UUID id = add(ours, "a car");
        queue().claim(10);
        Text read = queue().texts(ours, List.of(id)).get(0);
        reword(id, "a dog");

        queue().store(ours, read, List.of(1f, 1f, 1f, 1f));

        assertThat(embedded()).isEmpty();
        assertThat(queue().claim(10)).containsExactly(new Due(ours.orgId(), id));
    }

    @Test
    void nobodySeesOrStoresAnothersAndADeletionTakesAll() throws Exception {
        UUID id = add(ours, "a car");
        assertThat(queue().texts(theirs, List.of(id))).isEmpty();
        Text read = queue().texts(ours, List.of(id)).get(0);
        queue().store(theirs, read, List.of(1f, 1f, 1f, 1f));
        assertThat(embedded()).isEmpty();
        queue().store(ours, read, List.of(1f, 1f, 1f, 1f));
        assertThat(embedded()).containsExactly("a car");

        as(ours, memories -> {
            memories.delete(ours, id);
            return null;
        });

        assertThat(query("select memory_id from core.memory_embeddings")).isEmpty();
    }

    @Test
    void memoriesAreFoundByTheirMeaning() throws Exception {
        withPgvector();
        add(ours, "Ada drives a red vehicle");
        add(ours, "Grace has a puppy");
        add(theirs, "Their automobile is blue");
        embeddings.look(queue());

        MemorySearchView view = search(ours, "automobile");

        assertThat(view.lists()).contains(new ListView("embedding", 2, true, null));
        assertThat(view.items().get(0).memory().content()).isEqualTo("Ada drives a red vehicle");
        assertThat(view.items().get(0).contributions()).anySatisfy(contribution -> {
            assertThat(contribution.ranking()).isEqualTo("embedding");
            assertThat(contribution.rank()).isEqualTo(1);
            assertThat(contribution.value()).isGreaterThan(0.99);
        });
        assertThat(found(ours, "automobile")).containsExactly("Ada drives a red vehicle");
        assertThat(found(theirs, "hound")).isEmpty();
        assertThat(found(theirs, "vehicle")).containsExactly("Their automobile is blue");
    }

    /** A scheduled task that throws is not run again. */
    @Test
    void anErrorDoesNotEndTheSchedule() {
        try {
            open("small", 4);
        } catch (IllegalStateException e) {
            assertThat(embeddings.problem()).isPresent();
        }
        AtomicInteger claims = new AtomicInteger();
        embeddings.look(new EmbeddingQueue() {
            @Override
            public List<Due> claim(int most) {
                claims.incrementAndGet();
                throw new LinkageError("A class is missing");
            }
        });

        assertThat(claims).hasValue(1);
        assertThat(embeddings.problem()).isPresent();
    }

    @Test
    void aNewWordingIsEmbeddedAnew() throws Exception {
        withPgvector();
        UUID id = add(ours, "a vehicle");
        embeddings.look(queue());
        reword(id, "a puppy");
        assertThat(embedded()).isEmpty();

        embeddings.look(queue());

        assertThat(found(ours, "automobile")).isEmpty();
        assertThat(found(ours, "hound")).containsExactly("a puppy");
    }

    @Test
    void aModelThatIsAwayCostsTheMeaningOnly() throws Exception {
        withPgvector();
        add(ours, "a vehicle");
        model.status = 503;
        embeddings.look(queue());
        assertThat(embedded()).isEmpty();
        assertThat(embeddings.problem()).contains("The embeddings endpoint answers 503.");

        MemorySearchView view = search(ours, "vehicle");

        assertThat(view.items()).hasSize(1);
        assertThat(view.lists()).contains(new ListView("embedding", 0, false, "The embeddings endpoint answers 503."));
        model.status = 200;
        database.sql("update core.memory_embeddings set due_at = now()");
        embeddings.look(queue());
        assertThat(embedded()).hasSize(1);
        assertThat(embeddings.problem()).isEmpty();
        assertThat(found(ours, "automobile")).containsExactly("a vehicle");
    }

    @Test
    void oneThatTheModelRefusesKeepsNoOtherBack() throws Exception {
        withPgvector();
        add(ours, "poison");
        add(ours, "a vehicle");
        model.refused = "poison";

        embeddings.look(queue());

        assertThat(embedded()).containsExactly("a vehicle");
    }

    @Test
    void anotherModelEmbedsAllAnew() throws Exception {
        withPgvector();
        add(ours, "a vehicle");
        embeddings.look(queue());
        open("small", 4);
        assertThat(embedded()).as("the same model again").hasSize(1);

        model.dimensions = 5;
        open("large", 5);

        assertThat(embedded()).isEmpty();
        embeddings.look(queue());
        assertThat(found(ours, "automobile")).containsExactly("a vehicle");
    }

    @Test
    void manyOfOthersDoNotHideOurs() throws Exception {
        withPgvector();
        database.sql(
                "insert into core.memories (id, org_id, content, content_hash, importance, valid_from, created_at, changed_at)"
                        + " select gen_random_uuid(), '" + theirs.orgId()
                        + "', 'a car ' || i, sha256(('x' || i)::bytea), 0.5, now(), now(),"
                        + " now() from generate_series(1, 3000) i");
        database.sql("update core.memory_embeddings set embedding = array[0.01 + random() / 100, 1, 0.01, 0.01]");
        add(ours, "a vehicle");
        embeddings.look(queue());
        database.sql("analyze core.memory_embeddings");

        assertThat(found(ours, "automobile")).containsExactly("a vehicle");
    }
}
