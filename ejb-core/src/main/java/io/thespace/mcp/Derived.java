package io.thespace.mcp;

import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import java.util.List;
import java.util.function.Function;

/** A value derived from the table of endpoints, recomputed after each change of it. */
final class Derived<T> {

    private record Made<T>(long version, T value) {}

    private final Routes routes;
    private final Function<List<Route>, T> derivation;
    private volatile Made<T> made;

    Derived(Routes routes, Function<List<Route>, T> derivation) {
        this.routes = routes;
        this.derivation = derivation;
    }

    /** The value for the endpoints that answer now. */
    T now() {
        // Read before the routes: a change between the two derives the value once more, instead of never.
        long version = routes.version();
        Made<T> now = made;
        if (now == null || now.version != version) {
            now = new Made<>(version, derivation.apply(routes.all()));
            made = now;
        }
        return now.value;
    }
}
