package io.thespace.benchmark;

import io.thespace.launcher.Instance;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The processor time that small requests cost a running instance, its server and PostgreSQL, relative to {@code GET
 * /api/health}. What the instance computes while it is idle is subtracted.
 */
public final class CostBenchmark {

    private static final int LISTED = 10;
    private static final int WARM_UP = 2;
    private static final int HEALTH_REQUESTS = 2_000;
    private static final int HEALTH_ROUNDS = 3;
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** A request that takes longer is not sent more often. */
    private static final Duration LONG = Duration.ofSeconds(4);

    /** Processor time that no small request may cost. */
    private static final Duration BOUND = Duration.ofSeconds(1);

    /** @param status of the last response */
    private record Cost(SmallRequest request, double millis, int times, int status) {}

    private final Session session;
    private final List<Contender> processes;

    /** Processor seconds per second while idle. */
    private double idle;

    private CostBenchmark(Session session, List<Contender> processes) {
        this.session = session;
        this.processes = processes;
    }

    /**
     * Runs against the instance of this process's settings; {@code SPACE_ADMIN_PASSWORD} signs in. Ends with status 1 when a
     * request costs more than a second.
     */
    public static void main(String[] arguments) throws Exception {
        Instance instance = Instance.ofThisProcess();
        Session session = Session.open(instance.base(), instance.configuration());
        List<Contender> processes = new ArrayList<>();
        processes.add(contender(
                "server",
                instance,
                Optional.of(instance.server().process().orElseThrow().pid())));
        if (instance.embedsPostgres()) {
            processes.add(contender("postgres", instance, instance.postgres().pid()));
        }
        boolean bounded = new CostBenchmark(session, processes).run(System.out);
        System.exit(bounded ? 0 : 1);
    }

    private static Contender contender(String name, Instance instance, Optional<Long> pid) {
        return new Contender(
                name, instance.base(), ProcessHandle.of(pid.orElseThrow()).orElseThrow(), false);
    }

    private boolean run(PrintStream out) throws IOException, InterruptedException {
        List<SmallRequest> requests = SmallRequests.at(session);
        Thread.sleep(IDLE.toMillis());
        Duration before = computed();
        Thread.sleep(IDLE.toMillis());
        idle = seconds(computed().minus(before)) / seconds(IDLE);
        double health = health();
        out.printf(
                "GET /api/health costs %.3f ms; idle, the instance computes %.1f %% of the time%n", health, idle * 100);
        List<Cost> costs = new ArrayList<>();
        for (SmallRequest request : requests) {
            costs.add(cost(request));
        }
        costs.stream()
                .filter(cost -> cost.status() == 429)
                .forEach(cost -> out.println(
                        "Limited, and not measured: " + cost.request().name()));
        costs.removeIf(cost -> cost.status() == 429);
        costs.sort(Comparator.comparingDouble(Cost::millis).reversed());
        for (int i = 0; i < costs.size(); i++) {
            Cost cost = costs.get(i);
            if (i < LISTED || cost.millis() > BOUND.toMillis()) {
                out.printf(
                        "%8.1f ms %8.0f × health  %d  %s%n",
                        cost.millis(),
                        cost.millis() / health,
                        cost.status(),
                        cost.request().name());
            }
        }
        out.printf("%d requests measured%n", costs.size());
        return costs.stream().noneMatch(cost -> cost.millis() > BOUND.toMillis());
    }

    /** The lowest of some rounds: the just-in-time compiler works in the first ones. */
    private double health() throws IOException, InterruptedException {
        double lowest = Double.MAX_VALUE;
        SmallRequest request = SmallRequest.get("health", "/api/health").atMost(HEALTH_REQUESTS);
        for (int i = 0; i < HEALTH_ROUNDS; i++) {
            lowest = Math.min(lowest, cost(request).millis());
        }
        return Math.max(lowest, 0.001);
    }

    private Cost cost(SmallRequest request) throws IOException, InterruptedException {
        int status = 0;
        for (int i = 0; i < WARM_UP && request.most() > WARM_UP * 2; i++) {
            status = session.status(request.method(), request.path(), request.body());
        }
        Duration before = computed();
        long start = System.nanoTime();
        int times = 0;
        while (times < request.most() && System.nanoTime() - start < LONG.toNanos()) {
            status = session.status(request.method(), request.path(), request.body());
            times++;
        }
        double waited = (System.nanoTime() - start) / 1e9;
        double computed = seconds(computed().minus(before)) - waited * idle;
        return new Cost(request, Math.max(0, computed) * 1000 / times, times, status);
    }

    private Duration computed() {
        return processes.stream().map(Contender::computed).reduce(Duration.ZERO, Duration::plus);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
