package io.thespace.mcp.federation.authorization;

import io.thespace.gateway.GatewayError;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many renewals run on this node: each holds a database connection while an authorization server answers, and a slow
 * one must not take all of them.
 */
@ApplicationScoped
public class RenewalPlaces {

    static final int MAX_OF_SERVER = 3;
    static final int MAX_ON_NODE = 8;

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Duration wait;
    private final Semaphore all = new Semaphore(MAX_ON_NODE, true);
    private final Map<String, Places> servers = new HashMap<>(); // guarded by itself

    /** A server's places, and how many calls use them or wait for them: unused places are forgotten. */
    private static final class Places {
        final Semaphore free = new Semaphore(MAX_OF_SERVER, true);
        int users;
    }

    RenewalPlaces() {
        this(WAIT);
    }

    RenewalPlaces(Duration wait) {
        this.wait = wait;
    }

    /**
     * Does work in a place, when one is free in time.
     *
     * @throws Rejection {@code UPSTREAM_FULL}; whatever the work refuses with
     */
    <T> T in(String server, Supplier<T> work) {
        Places places = join(server);
        try {
            return hold(places.free, server, () -> hold(all, server, work));
        } finally {
            leave(server);
        }
    }

    private Places join(String server) {
        synchronized (servers) {
            Places places = servers.computeIfAbsent(server, name -> new Places());
            places.users++;
            return places;
        }
    }

    private void leave(String server) {
        synchronized (servers) {
            servers.computeIfPresent(server, (name, places) -> --places.users == 0 ? null : places);
        }
    }

    private <T> T hold(Semaphore free, String server, Supplier<T> work) {
        try {
            if (!free.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw full(server);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw full(server);
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    private static Rejection full(String server) {
        return Rejection.later(
                GatewayError.UPSTREAM_FULL,
                "As many credentials are being renewed for the server %s as may be at once. Try again in a moment."
                        .formatted(server),
                Duration.ofSeconds(1));
    }
}
