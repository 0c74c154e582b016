package io.thespace.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.DatabaseUrl;
import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Measures the duration of an erasure: a person's data is inserted into four stores among as many unrelated rows, and a
 * data request erases it. Runs in two sizes to show whether the time grows linearly with the rows.
 */
public final class ErasureBenchmark {

    private static final String REQUESTS = "/management/v1/data-requests";
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration MAX_DURATION = Duration.ofMinutes(30);
    private static final int LIMIT_SECONDS = 60;

    private ErasureBenchmark() {}

    /**
     * Runs against the instance of this process's settings; {@code SPACE_ADMIN_PASSWORD} signs in. The unrelated rows
     * are kept.
     *
     * @param arguments the number of rows about the person (100,000), and the only store to use: {@code events}, {@code
     *     memories}, {@code messages} or {@code turns} (equally many in each)
     */
    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        Set<String> stores = arguments.length > 1 ? Set.of(arguments[1]) : PlantedPerson.stores();
        Instance instance = Instance.ofThisProcess();
        if (instance.embedsPostgres()) {
            instance = Instance.of(
                    Map.of(Key.DATABASE_URL.name(), instance.postgres().url()));
        }
        Configuration settings = instance.configuration();
        DatabaseUrl database = settings.get(Key.DATABASE_URL);
        Session session = Session.open(instance.base(), settings);
        UUID org = UUID.fromString(session.get("/api/auth/me").get("org_id").asText());
        PrintStream out = System.out;

        double few =
                erase(session, new PlantedPerson(org, database, "few-" + UUID.randomUUID()), rows / 10, stores, out);
        double many = erase(session, new PlantedPerson(org, database, "many-" + UUID.randomUUID()), rows, stores, out);
        out.printf("%d rows : %d rows   %.1f (10 when the time grows with the rows)%n", rows, rows / 10, many / few);
        out.printf("limit of %d s kept: %b%n", LIMIT_SECONDS, many <= LIMIT_SECONDS);
    }

    private static double erase(Session session, PlantedPerson person, int rows, Set<String> stores, PrintStream out)
            throws Exception {
        person.plant(rows, stores);
        String id = session.post(REQUESTS, Map.of("kind", "erasure", "identifier", person.identifier()))
                .get("id")
                .asText();
        long start = System.nanoTime();
        JsonNode request = session.get(REQUESTS + "/" + id);
        while (!request.get("state").asText().equals("completed")) {
            if (System.nanoTime() - start > MAX_DURATION.toNanos()
                    || request.get("state").asText().equals("blocked")) {
                throw new IllegalStateException("The request does not come to its end: " + request);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            request = session.get(REQUESTS + "/" + id);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf("%d rows erased in %.1f s%n", rows, seconds);
        for (JsonNode store : request.get("stores")) {
            out.printf(
                    "    %-28s %7d %s%n",
                    store.get("store").asText(),
                    store.get("treated").asLong(),
                    store.get("outcome").asText());
        }
        return seconds;
    }
}
