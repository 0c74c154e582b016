package io.thespace.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.DatabaseUrl;
import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs that events start: as many events as runs are published, and each run has three steps, one of which publishes an event.
 * Several sizes one after the other, so that it shows whether the time of a run grows with the runs that are there.
 */
public final class WorkflowBenchmark {

    private static final int CLIENTS = 8;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration MAX_DURATION = Duration.ofHours(1);
    private static final String COUNT = "select count(*), count(distinct triggered_by),"
            + " count(*) filter (where state = 'completed') from core.workflow_runs where org_id = ? and workflow_id = ?";

    private WorkflowBenchmark() {}

    /** The state of the runs of one workflow. */
    private record Count(int runs, int events, int completed) {}

    /**
     * Runs against the instance of this process's settings; {@code SPACE_ADMIN_PASSWORD} signs in. The workflows are
     * disabled afterwards; they and their runs are kept.
     *
     * @param arguments the numbers of runs, measured in turn ({@code 100,1000,10000})
     */
    public static void main(String[] arguments) throws Exception {
        List<Integer> sizes = Arrays.stream((arguments.length > 0 ? arguments[0] : "100,1000,10000").split(",", -1))
                .map(Integer::valueOf)
                .toList();
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
        try (Connection owner = DriverManager.getConnection(database.jdbc(), database.user(), database.password())) {
            run(session, owner, org, 50, out); // for the server's compiler
            double first = 0;
            for (int size : sizes) {
                double perRun = run(session, owner, org, size, out);
                first = first == 0 ? perRun : first;
                out.printf("    time per run / that of %d runs   %.2f%n", sizes.get(0), perRun / first);
            }
        }
    }

    /** The seconds per run. */
    private static double run(Session session, Connection owner, UUID org, int size, PrintStream out) throws Exception {
        String name = "benchmark-" + UUID.randomUUID().toString().substring(0, 8);
        session.post("/api/system/workflows", Map.of("source", document(name)));
        long start = System.nanoTime();
        publish(session, name, size);
        double published = (System.nanoTime() - start) / 1e9;
        Count count = count(owner, org, name);
        while (count.completed() < size) {
            if (System.nanoTime() - start > MAX_DURATION.toNanos()) {
                throw new IllegalStateException("The runs do not come to their end: " + count);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            count = count(owner, org, name);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        session.delete("/api/system/workflows/" + name);
        out.printf(
                "%6d events in %.1f s, %d completions in %.1f s: %.1f runs/s, %d duplicates%n",
                size, published, count.completed(), seconds, size / seconds, count.runs() - count.events());
        return seconds / size;
    }

    private static String document(String name) {
        return """
                document: {dsl: 1.0.3, namespace: benchmark, name: %1$s, version: 1.0.0}
                schedule: {on: {one: {with: {type: signal_raised, subject: %1$s}}}}
                do:
                  - take: {set: {amount: '${ .[0].data.details.amount }'}}
                  - tell: {emit: {event: {with: {type: benchmark_ran, data: '${ . }'}}}}
                  - keep: {set: {told: '${ .id }'}}
                """
                .formatted(name);
    }

    private static void publish(Session session, String name, int size) throws Exception {
        AtomicInteger left = new AtomicInteger(size);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<JsonNode>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    JsonNode last = null;
                    for (int number = left.getAndDecrement(); number > 0; number = left.getAndDecrement()) {
                        last = event(session, name, number);
                    }
                    return last;
                }));
            }
            for (Future<JsonNode> client : clients) {
                client.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static JsonNode event(Session session, String name, int number) throws IOException, InterruptedException {
        return session.post(
                "/api/system/events",
                Map.of(
                        "type",
                        "signal_raised",
                        "subject",
                        name,
                        "data",
                        Map.of("name", name, "details", Map.of("amount", number))));
    }

    private static Count count(Connection owner, UUID org, String name) throws SQLException {
        try (PreparedStatement query = owner.prepareStatement(COUNT)) {
            query.setObject(1, org);
            query.setString(2, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Count(row.getInt(1), row.getInt(2), row.getInt(3));
            }
        }
    }
}
