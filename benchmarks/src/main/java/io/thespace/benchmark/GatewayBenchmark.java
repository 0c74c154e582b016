package io.thespace.benchmark;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/**
 * A small GET through the gateway of a running instance, beside Spring Cloud Gateway, which checks the same tokens and counts
 * in the same Redis, and beside nginx, which does neither. Rounds alternate, so that a noisy machine is noisy for all of them.
 */
public final class GatewayBenchmark {

    private static final String ROUTES = "/api/control-center/gateway/routes";
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    /** @param cpuMicros CPU time of the gateway's processes per request */
    private record Round(Load.Result load, double cpuMicros) {}

    private GatewayBenchmark() {}

    /**
     * Runs against the instance of this process's settings; {@code SPACE_ADMIN_PASSWORD} signs in.
     *
     * @param arguments the class path of benchmarks/spring-gateway, clients (16) and seconds of each run (8)
     */
    public static void main(String[] arguments) throws Exception {
        int clients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 16;
        Duration duration = Duration.ofSeconds(arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8);
        Instance instance = Instance.ofThisProcess();
        Configuration settings = instance.configuration();
        String redis = instance.embedsRedis()
                ? instance.redis().url()
                : settings.get(Key.REDIS_URL).toString();
        Session session = Session.open(instance.base(), settings);
        PrintStream out = System.out;
        List<Contender> contenders = new ArrayList<>();
        try (LocalUpstream upstream = new LocalUpstream();
                Route route = Route.open(session, upstream.address(), clients)) {
            contenders.add(new Contender(
                    "space",
                    instance.base(),
                    ProcessHandle.of(instance.server().process().orElseThrow().pid())
                            .orElseThrow(),
                    false));
            contenders.add(SpringCloudGateway.start(arguments[0], instance, redis, upstream.address()));
            Nginx.start(upstream.address(), route.prefix())
                    .ifPresentOrElse(
                            contenders::add,
                            () -> out.println("nginx is not installed (Debian: apt-get install nginx), or NGINX does"
                                    + " not name its program: there is no floor"));
            out.printf("%d clients, %d rounds of %d s each%n", clients, ROUNDS, duration.toSeconds());
            for (Contender contender : contenders) {
                run(contender, route.prefix(), session.token(), clients, WARM_UP);
            }
            Map<String, List<Round>> rounds = new LinkedHashMap<>();
            for (int round = 1; round <= ROUNDS; round++) {
                for (Contender contender : contenders) {
                    Round one = run(contender, route.prefix(), session.token(), clients, duration);
                    rounds.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                            .add(one);
                    out.printf(
                            "%-7s %7.0f/s   median %6.2f ms   p99 %6.2f ms   CPU %6.0f µs a request%n",
                            contender.name(),
                            one.load().perSecond(),
                            one.load().medianMillis(),
                            one.load().p99Millis(),
                            one.cpuMicros());
                }
            }
            rounds.forEach((name, theirs) -> {
                if (!name.equals("space")) {
                    List<Round> mine = rounds.get("space");
                    out.printf(
                            "space / %-7s  requests %.2f   median %.2f   p99 %.2f   CPU %.2f%n",
                            name,
                            ratio(mine, theirs, one -> one.load().perSecond()),
                            ratio(mine, theirs, one -> one.load().medianMillis()),
                            ratio(mine, theirs, one -> one.load().p99Millis()),
                            ratio(mine, theirs, Round::cpuMicros));
                }
            });
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    private static Round run(Contender contender, String prefix, String token, int clients, Duration duration)
            throws Exception {
        Duration before = contender.computed();
        Load.Result load = Load.run(clients, duration, () -> new GatewayClient(contender.address(), prefix, token));
        double micros = contender.computed().minus(before).toNanos() / 1e3;
        return new Round(load, micros / (load.perSecond() * duration.toNanos() / 1e9));
    }

    /** The median over the rounds, each beside the other's of the same round. */
    private static double ratio(List<Round> mine, List<Round> theirs, ToDoubleFunction<Round> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < mine.size(); i++) {
            ratios.add(figure.applyAsDouble(mine.get(i)) / figure.applyAsDouble(theirs.get(i)));
        }
        return Median.of(ratios);
    }

    /** The route to the upstream, as long as it is open. */
    private record Route(Session session, String prefix, String id) implements AutoCloseable {

        static Route open(Session session, URI upstream, int clients) throws Exception {
            String prefix = "/benchmark-" + UUID.randomUUID();
            Map<String, ?> order = Map.of(
                    "prefix",
                    prefix,
                    "upstreams",
                    List.of(Map.of("url", upstream.toString())),
                    "concurrency",
                    2 * clients);
            return new Route(
                    session, prefix, session.post(ROUTES, order).get("id").asText());
        }

        @Override
        public void close() throws Exception {
            session.delete(ROUTES + "/" + id);
        }
    }
}
