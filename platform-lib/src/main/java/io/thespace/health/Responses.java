package io.thespace.health;

import io.thespace.health.NodeHealth.Source;
import io.thespace.health.NodeHealth.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Turns states into MicroProfile Health responses. */
final class Responses {

    private static final Logger LOG = System.getLogger(Responses.class.getName());

    private Responses() {}

    /**
     * Evaluates one kind of check.
     *
     * @param absent whether the check passes while no source is registered
     */
    static HealthCheckResponse of(String name, boolean absent, Function<Source, State> kind) {
        State state = NodeHealth.source()
                .map(source -> evaluate(name, source, kind))
                .orElseGet(() -> new State(absent, Map.of("status", "starting")));
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(state.up());
        new TreeMap<>(state.details()).forEach(response::withData);
        return response.build();
    }

    /** The state; down when the source throws, without the exception's text, which is in the log only. */
    static State evaluate(String name, Source source, Function<Source, State> kind) {
        try {
            return kind.apply(source);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Health check failed: " + name, e);
            return new State(false, Map.of("status", "failed"));
        }
    }
}
