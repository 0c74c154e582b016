package io.thespace.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A million memories in one organization, through the use cases and row-level security. Takes minutes; enabled by
 * {@code -Dspace.scale=1000000}. The source of the use cases' numbers in docs/MEMORIES.md.
 */
@EnabledIfSystemProperty(named = "space.scale", matches = "\\d+")
class MemoriesAtScaleTest {

    private static final System.Logger LOG = System.getLogger(MemoriesAtScaleTest.class.getName());
    private static final int COUNT = Integer.getInteger("space.scale", 0);
    private static final int REPEATS = 50;
    private static final int PAGE = 100;
    private static final MemoryFilter ALL = new MemoryFilter(null, null, null, null, null, null, null, false);

    private final UUID orgId = UuidCreator.getTimeOrderedEpoch();
    private final Actor actor =
            new Actor(orgId, UUID.randomUUID(), Role.GUEST, null, "test", null, null, false, null, Set.of(), null);
    private TestDatabase database;
    private UUID some;

    @Test
    void aPageCostsNoMoreForBeingFarDown() throws Exception {
        database = new TestDatabase(Memory.class, Class.forName("io.thespace.agent.Agent"));
        try {
            fill();
            Optional<String> far = Optional.empty();
            for (int page = 1; page < Math.min(1000, COUNT / PAGE); page++) {
                far = Optional.of(page(far).nextKey());
            }
            Optional<String> there = far;
            some = UUID.fromString(far.orElseThrow());
            double first = median("list, page 1", i -> page(Optional.empty()));
            double thousandth = median("list, page 1000", i -> page(there));
            median("create", i -> as(memories -> memories.create(actor, order("something new " + i))));
            median("create what is there", i -> as(memories -> memories.create(actor, order("something new " + i))));
            median("get", i -> as(memories -> memories.find(actor, some)));
            search("one memory's number", i -> String.valueOf(COUNT / 2 + i));
            search("a word of many and a number", i -> "customer " + (COUNT / 2 + i));
            search("a word that all hold", i -> "memory");
            search("a misspelt word that all hold", i -> "custommer");
            search("a word that none holds", i -> "xqzwvk");
            explain("select * from core.memories where org_id = '%s' and id < '%s' order by id desc limit 101"
                    .formatted(orgId, some));
            explain(
                    "select * from core.memories where org_id = '%s' and words @@ websearch_to_tsquery('pg_catalog.simple', '%d')"
                            .formatted(orgId, COUNT / 2));

            assertThat(thousandth / first).isLessThan(3);
        } finally {
            database.close();
        }
    }

    private void fill() throws Exception {
        database.sql(
                "insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(orgId));
        database.sql("drop index core.memories_words, core.memories_trigrams");
        String word = " || ' ' || substr(md5(floor(20000 * power(random(), 4))::text), 1, 7)";
        database.sql(
                """
                insert into core.memories (id, org_id, content, content_hash, category, importance, valid_from, created_at, changed_at)
                select (lpad(to_hex(1700000000000 + g), 12, '0') || '70008' || substr(md5(g::text), 1, 15))::uuid, '%s',
                    'memory ' || g || ' customer' %s, sha256(g::text::bytea), 'c' || g %% 50, (g %% 100) / 100.0,
                    now() - interval '1 day', now(), now()
                from generate_series(1::bigint, %d) g
                """
                        .formatted(orgId, word.repeat(4), COUNT));
        database.sql("create index memories_words on core.memories using gin (org_id, words)");
        database.sql("create index memories_trigrams on core.memories using gin (org_id, content core.gin_trgm_ops)");
        database.sql("vacuum analyze core.memories");
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    private <T> T as(Function<Memories, T> work) {
        return database.in(orgId, em -> {
            Memories memories = new Memories();
            memories.em = em;
            return work.apply(memories);
        });
    }

    private static MemoryOrder order(String content) {
        return new MemoryOrder(content, null, null, null, null, null, null, null, null);
    }

    private Page<MemoryView> page(Optional<String> after) {
        return as(memories -> memories.list(actor, ALL, new PageRequest(PAGE, after)));
    }

    private void search(String name, Function<Integer, String> query) {
        List<MemorySearchView> views = new ArrayList<>();
        median("search, " + name, i -> views.add(found(query.apply(i))));
        MemorySearchView last = views.get(views.size() - 1);
        LOG.log(System.Logger.Level.INFO, "  found {0}, {1}", last.items().size(), last.lists());
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    private MemorySearchView found(String query) {
        return database.in(orgId, em -> {
            MemorySearches searches = new MemorySearches();
            searches.em = em;
            searches.embeddings = new Embeddings();
            return searches.search(actor, new MemorySearch(query, null, null, null, null, null));
        });
    }

    /** In milliseconds. */
    private static double median(String name, Consumer<Integer> call) {
        double[] millis = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long begin = System.nanoTime();
            call.accept(i);
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        LOG.log(
                System.Logger.Level.INFO,
                "{0}: median {1} ms, longest {2} ms",
                name,
                millis[REPEATS / 2],
                millis[REPEATS - 1]);
        return millis[REPEATS / 2];
    }

    private void explain(String query) throws Exception {
        try (Connection connection = database.application().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set app.org_id = '" + orgId + "'");
            try (ResultSet rows = statement.executeQuery("explain (analyze, buffers) " + query)) {
                while (rows.next()) {
                    LOG.log(System.Logger.Level.INFO, rows.getString(1));
                }
            }
        }
    }
}
