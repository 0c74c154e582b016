package io.thespace.wire;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The calls of callers without credentials that this node serves at the moment. They hold at most half of the server's 200
 * worker threads, so that strangers cannot keep callers with credentials out.
 */
final class AnonymousCalls {

    /** The most at once. */
    static final int MAX_CONCURRENT = 100;

    private static final Semaphore PLACES = new Semaphore(MAX_CONCURRENT);

    private AnonymousCalls() {}

    /**
     * Takes a place.
     *
     * @throws Rejection {@code BUSY} when none is free
     */
    static void enter() {
        if (!PLACES.tryAcquire()) {
            throw Rejection.later(
                    EndpointError.BUSY,
                    "The node serves as many calls without credentials as it may. Try again.",
                    Duration.ofSeconds(1));
        }
    }

    /** Gives a place back. */
    static void leave() {
        PLACES.release();
    }
}
