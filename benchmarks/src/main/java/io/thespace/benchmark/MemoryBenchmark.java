package io.thespace.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.DatabaseUrl;
import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Measures memories of a running instance over HTTP when one organization has many of them: each operation compared
 * with the same at a hundredth of the memories, and page 1,000 of the list compared with page 1. One client, so that
 * operations do not queue.
 */
public final class MemoryBenchmark {

    private static final String MEMORIES = "/management/v1/memories";
    private static final String LIST = MEMORIES + "?limit=10";
    private static final String SEARCH = MEMORIES + "/search";
    private static final int PAGE = 1000;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final Session session;
    private final Duration duration;

    private MemoryBenchmark(Session session, Duration duration) {
        this.session = session;
        this.duration = duration;
    }

    /**
     * Runs against the instance of this process's settings; {@code SPACE_ADMIN_PASSWORD} signs in. The memories are
     * kept.
     *
     * @param arguments the number of memories (1,000,000; with fewer, a hundredth of them does not reach page 1,000),
     *     and seconds of each run (5)
     */
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        Duration duration = Duration.ofSeconds(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5);
        Instance instance = Instance.ofThisProcess();
        if (instance.embedsPostgres()) {
            instance = Instance.of(
                    Map.of(Key.DATABASE_URL.name(), instance.postgres().url()));
        }
        Configuration settings = instance.configuration();
        DatabaseUrl database = settings.get(Key.DATABASE_URL);
        Session session = Session.open(instance.base(), settings);
        StoredMemories stored = new StoredMemories(
                UUID.fromString(session.get("/api/auth/me").get("org_id").asText()), database);
        PrintStream out = System.out;

        stored.fill(count / 100);
        new MemoryBenchmark(session, WARM_UP).run(count / 100);
        Map<String, Load.Result> few = new MemoryBenchmark(session, duration).run(count / 100);
        out.printf("filling up to %d memories%n", count);
        stored.fill(count);
        MemoryBenchmark large = new MemoryBenchmark(session, duration);
        Map<String, Load.Result> many = large.run(count);
        few.forEach((operation, before) -> {
            Load.Result after = many.get(operation);
            out.printf(
                    "%-24s %8.1f ms of %d   %8.1f ms of %d (p99 %.1f ms)   ratio %.2f%n",
                    operation,
                    before.medianMillis(),
                    count / 100,
                    after.medianMillis(),
                    count,
                    after.p99Millis(),
                    after.medianMillis() / before.medianMillis());
        });
        out.printf(
                "page %d : page 1   %.2f%n",
                PAGE,
                many.get("page " + PAGE).medianMillis() / many.get("page 1").medianMillis());
        UUID last = UUID.fromString(large.before().at("/items/9/id").asText());
        for (UUID after : List.of(new UUID(-1, -1), last)) {
            stored.plan(settings.get(Key.DATABASE_APP_USER), settings.databaseAppPassword(), after)
                    .forEach(out::println);
        }
    }

    private Map<String, Load.Result> run(int count) throws Exception {
        String deep = page(before());
        String known = session.get(LIST).get("items").get(0).get("id").asText();
        Map<String, Load.Result> results = new LinkedHashMap<>();
        results.put(
                "create",
                measure(() -> session.post(
                        MEMORIES, Map.of("content", "benchmark " + UUID.randomUUID(), "category", "benchmark"))));
        results.put("the same again", measure(() -> session.post(MEMORIES, Map.of("content", "the same again"))));
        results.put("get", measure(() -> session.get(MEMORIES + "/" + known)));
        results.put("page 1", measure(() -> session.get(LIST)));
        results.put("page " + PAGE, measure(() -> session.get(deep)));
        results.put(
                "search of one",
                measure(() ->
                        search(String.valueOf(1 + ThreadLocalRandom.current().nextInt(count)))));
        results.put("search of all", measure(() -> search("customer")));
        results.put("search of none, misspelt", measure(() -> search("custommer saidd")));
        return results;
    }

    private JsonNode search(String query) throws Exception {
        return session.post(SEARCH, Map.of("query", query, "limit", 10));
    }

    /** The page before page 1,000. */
    private JsonNode before() throws Exception {
        JsonNode answer = session.get(LIST);
        for (int page = 2; page < PAGE; page++) {
            answer = session.get(page(answer));
        }
        return answer;
    }

    private static String page(JsonNode before) {
        return LIST + "&cursor=" + before.get("next_cursor").asText();
    }

    private Load.Result measure(Callable<JsonNode> operation) throws Exception {
        return Load.run(1, duration, () -> new Load.Client() {
            @Override
            public void once() throws Exception {
                operation.call();
            }

            @Override
            public void close() {
                // The session's connections serve the next operation too.
            }
        });
    }
}
