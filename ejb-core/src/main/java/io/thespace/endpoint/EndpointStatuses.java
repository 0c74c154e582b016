package io.thespace.endpoint;

import io.thespace.endpoint.EndpointStatusView.Counts;
import io.thespace.endpoint.EndpointStatusView.Line;
import io.thespace.endpoint.EndpointStatusView.Part;
import io.thespace.endpoint.Evidence.Last;
import io.thespace.endpoint.Evidence.Measured;
import io.thespace.endpoint.Evidence.Sighting;
import io.thespace.plugin.api.Implementation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The declared and measured statuses of the endpoints of this node. */
@ApplicationScoped
public class EndpointStatuses {

    private Routes routes;
    private Evidence evidence;
    private Probing probing;

    EndpointStatuses() {}

    @Inject
    EndpointStatuses(Routes routes, Evidence evidence, Probing probing) {
        this.routes = routes;
        this.evidence = evidence;
        this.probing = probing;
    }

    /** The state of every endpoint that answers now. */
    public EndpointStatusView read() {
        return view(routes.all(), evidence, probing.ended().orElse(null));
    }

    /** Schedules a probing round of all endpoints that are safe to call, within some seconds. */
    public void probe() {
        probing.ask();
    }

    static EndpointStatusView view(List<Route> routes, Evidence evidence, Instant probedAt) {
        List<Line> all = new ArrayList<>();
        List<Line> platform = new ArrayList<>();
        Map<String, List<Line>> plugins = new TreeMap<>();
        for (Route route : routes) {
            Line line = line(route, evidence.of(route));
            all.add(line);
            (route.ofPlugin() ? plugins.computeIfAbsent(route.group(), id -> new ArrayList<>()) : platform).add(line);
        }
        List<Part> parts = new ArrayList<>();
        plugins.forEach((id, lines) -> parts.add(new Part(id, counts(lines), lines)));
        return new EndpointStatusView(probedAt, counts(all), new Part(null, counts(platform), platform), parts);
    }

    private static Line line(Route route, Last last) {
        Sighting kept = last.kept();
        Sighting broken = last.broken();
        return new Line(
                route.endpoint().method().name(),
                route.path(),
                word(route.endpoint().implementation()),
                word(last.measured()),
                kept == null ? null : kept.at(),
                kept == null ? null : word(kept.by()),
                broken == null ? null : broken.at(),
                broken == null ? null : broken.fault());
    }

    private static Counts counts(List<Line> lines) {
        return new Counts(
                count(Implementation.values(), lines, Line::declared), count(Measured.values(), lines, Line::measured));
    }

    private static Map<String, Integer> count(Enum<?>[] words, List<Line> lines, Function<Line, String> word) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Enum<?> constant : words) {
            counts.put(word(constant), 0);
        }
        lines.forEach(line -> counts.merge(word.apply(line), 1, Integer::sum));
        return counts;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
